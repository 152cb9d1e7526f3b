"""Entries of one's own: where they may stand, what they may say, and what every mistake earns."""

import os
import subprocess
import sys
import time

import pytest
from mlsysim_core import (
    CatalogError,
    Engine,
    InputTypeError,
    MissingValueError,
    UnknownEntryError,
    catalog,
)
from mlsysim_registry import Hardware, OwnEntries, _own, load
from mlsysim_registry._own_lines import line_of, lines_of

CHIP = """\
title = "A chip"
aliases = ["AC-1"]
tdp = "300 W"

[compute.peak]
fp16 = "200 TFLOP/s"

[memory]
capacity = "48 GB"
bandwidth = "1 TB/s"
"""
MODEL = """\
[architecture]
kind = "decoder"
layers = 2
hidden = 64
heads = 4
ffn = 256
vocab = 1000
"""
LAYERS = """\
[architecture]
kind = "network"
input = [3, 8, 8]
layers = [
  { op = "conv", channels = [3, 8], kernel = [3, 3], size = [8, 8] },
]
"""
BOTH = """\
[hardware.anvil]
tdp = "300 W"
compute = { peak = { fp16 = "200 TFLOP/s" } }
memory = { capacity = "48 GB", bandwidth = "1 TB/s" }

[model."coyote-8.1b"]
architecture = { kind = "decoder", layers = 2, hidden = 64, heads = 4, ffn = 256, vocab = 1000 }

[node.smithy]
accelerator = "anvil"
accelerators = 8

[fabric.rope]
bandwidth = "50 GB/s"

[system.village]
node = "smithy"
nodes = 2
fabric = "rope"

[scenario.chase]
workload = "coyote-8.1b"
system = "village"
"""
CONFIG = (
    '{"model_type": "llama", "hidden_size": 64, "intermediate_size": 256, "vocab_size": 1000, '
    '"num_hidden_layers": 2, "num_attention_heads": 4}'
)


@pytest.fixture
def write(tmp_path):
    """Write files under a folder of entries, and forget afterwards what was loaded."""

    def write(**files):
        for name, text in files.items():
            path = tmp_path / "mine" / name.replace("__", "/")
            path = path.with_name(path.name.replace("_toml", ".toml").replace("_json", ".json"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "mine"

    yield write
    for path in list(_own.loaded):
        del _own.loaded[path]
        catalog.remove(str(path))


def test_a_folder_says_what_its_files_are(write):
    entries = load(write(hardware__Lab__anvil_toml=CHIP, model__coyote_toml=MODEL))

    assert entries.names("hardware") == ("anvil",)
    assert repr(entries).endswith("mine: 1 hardware, 1 model>")
    assert Engine.solve("coyote", "anvil").feasible


def test_a_file_may_say_itself_what_it_is(write):
    load(write(anvil_toml='kind = "hardware"\n' + CHIP) / "anvil.toml")

    assert catalog.find("hardware", "anvil").tdp.magnitude == 300


def test_a_file_may_hold_many_entries_that_name_each_other(write):
    load(write(all_toml=BOTH))

    scenario = catalog.find("scenario", "chase")
    assert scenario.workload is catalog.find("model", "coyote-8.1b")
    assert scenario.system.node.accelerator is catalog.find("hardware", "anvil")


def test_a_name_may_be_given(write):
    load(write(hardware__x_toml='name = "Anvil 2000"\n' + CHIP))

    assert catalog.find("hardware", "anvil-2000").name == "Anvil 2000"


@pytest.mark.parametrize("name", ["anvil", "ANVIL", "an_vil", "ac1", "AC-1"])
def test_spelling_and_aliases_are_forgiven_as_ever(write, name):
    load(write(hardware__anvil_toml=CHIP))

    assert catalog.find("hardware", name).name == "anvil"


def test_a_misspelt_name_suggests_it(write):
    load(write(hardware__anvil_toml=CHIP))

    with pytest.raises(UnknownEntryError, match="did you mean anvil"):
        catalog.find("hardware", "anvill")


def test_a_model_may_be_a_configuration_file(write):
    load(write(model__coyote__config_json=CONFIG, model__roadrunner_json=CONFIG))

    coyote, runner = (catalog.find("model", name) for name in ("coyote", "roadrunner"))
    assert coyote.architecture == runner.architecture
    assert coyote.name == "coyote"


def test_a_model_may_name_its_configuration_and_say_more(write):
    text = '[model.coyote]\nconfig = "files/c.json"\ntitle = "Coyote"\nnative_precision = "fp8"\n'
    load(write(all_toml=text, files__c_json=CONFIG))

    coyote = catalog.find("model", "coyote")
    assert (coyote.title, coyote.native_precision, coyote.layers) == ("Coyote", "fp8", 2)


def test_other_json_is_left_alone(write):
    assert load(write(results_json="{", hardware__anvil_toml=CHIP)).names("model") == ()


def test_loading_again_reads_anew(write):
    folder = write(hardware__anvil_toml=CHIP)
    load(folder)
    write(hardware__anvil_toml=CHIP.replace("300 W", "400 W"))

    load(str(folder))

    assert catalog.find("hardware", "anvil").tdp.magnitude == 400


def test_what_is_wrong_leaves_what_was_loaded_before(write):
    folder = write(hardware__anvil_toml=CHIP)
    load(folder)
    write(hardware__anvil_toml=CHIP.replace("300 W", "300 V"))

    with pytest.raises(CatalogError):
        load(folder)

    assert catalog.find("hardware", "anvil").tdp.magnitude == 300


def test_what_is_wrong_at_first_leaves_nothing(write):
    with pytest.raises(CatalogError):
        load(write(hardware__anvil_toml=CHIP, hardware__hammer_toml="tdp = 1"))

    assert "anvil" not in catalog.names("hardware")


def test_private_entries_need_no_sources(write):
    load(write(hardware__anvil_toml=CHIP))

    with pytest.raises(MissingValueError, match=r"hardware anvil: .*anvil.toml:1 names no sources"):
        _ = catalog.find("hardware", "anvil").provenance


def test_sources_are_kept_where_there_are_any(write):
    about = 'confidence = "measured"\n' + CHIP
    about += '\n[[source]]\ncovers = ["*"]\ntitle = "Our bench"\nseen = true\n'
    load(write(hardware__anvil_toml=about))

    provenance = catalog.find("hardware", "anvil").provenance
    assert provenance.confidence == "measured"
    assert provenance.of("tdp")[0].title == "Our bench"


def test_a_result_says_that_entries_were_ones_own(write):
    load(write(hardware__anvil_toml=CHIP))

    version = Engine.solve("Llama3_8B", "anvil").details.data_version

    assert version.startswith("mlsysim ")
    assert "; mine " in version


def test_what_ships_is_not_touched(write):
    load(write(hardware__anvil_toml=CHIP))

    assert "anvil" not in Hardware


MISTAKES = {
    # what, file by file; then where and what the error says
    "syntax": ({"hardware__a_toml": "tdp = 1 W"}, r"a\.toml:1: .*tdp = 1 W"),
    "unfinished": ({"hardware__a_toml": CHIP + '\n\n[x]\ny = """'}, r"a\.toml:14: "),
    "no unit": ({"hardware__a_toml": CHIP.replace('"300 W"', "300")}, r":3: tdp: .*has no unit"),
    "other dimension": (
        {"hardware__a_toml": CHIP.replace("1 TB/s", "1 TB")},
        r":10: memory.bandwidth: expected a quantity in byte/s",
    ),
    "misspelt key": (
        {"hardware__a_toml": CHIP.replace("capacity", "capacty")},
        r":9: memory.capacty: no such field; did you mean capacity\? \(and 1 more: .*missing",
    ),
    "unknown key": (
        {"hardware__a_toml": CHIP + 'lateny = "1 s"\n'},
        r":11: memory.lateny: no such field; did you mean latency",
    ),
    "missing": ({"hardware__a_toml": 'tdp = "1 W"\n'}, r":1: compute: missing"),
    "inside a union": (
        {"model__a_toml": MODEL.replace("layers = 2", "layers = 2.5")},
        r":3: architecture.layers: Input should be a valid integer \(got 2.5\)",
    ),
    "inconsistent": (
        {"model__a_toml": MODEL.replace("heads = 4", "heads = 5")},
        r":4: architecture: hidden \(64\) is not a multiple of heads \(5\)",
    ),
    "in a list": (
        {"hardware__a_toml": CHIP + '[[cloud_prices]]\noffer = "x"\nprice = "1 USD"\n'},
        r":13: cloud_prices.0.price: expected",
    ),
    "inline": (
        {"all_toml": BOTH.replace("48 GB", "48 GW")},
        r":4: hardware.anvil.memory.capacity: expected a quantity in byte",
    ),
    "unknown entry": (
        {"all_toml": BOTH.replace('"anvil"', '"anvl"')},
        r":10: node.smithy.accelerator: no hardware named 'anvl'; did you mean anvil",
    ),
    "misspelt tag": (
        {"model__a_toml": MODEL.replace('"decoder"', '"decodr"')},
        r":2: architecture.kind: 'decodr' is none of decoder, .*did you mean decoder",
    ),
    "no tag": (
        {"model__a_toml": MODEL.replace('kind = "decoder"', "")},
        r":1: architecture.kind: missing; choose one of decoder, encoder",
    ),
    "misspelt in a layer": (
        {"model__a_toml": LAYERS.replace("kernel", "kernal")},
        r":5: architecture.layers.0.kernal: no such field; did you mean kernel\? \(and 1 more: ",
    ),
    "against each other": (
        {"hardware__a_toml": CHIP.replace("[compute", 'idle_power = "301 W"\n[compute', 1)},
        r":5: idle_power \(301 W\) exceeds tdp",
    ),
    "configuration": (
        {"model__a_json": '{\n"model_type": "lama"\n}'},
        r"a\.json:2: model_type: 'lama' is none of .*did you mean llama",
    ),
    "no entries": ({"readme_md": "mine"}, r"mine: has no entries: no TOML file"),
    "no kind": ({"a_toml": CHIP}, r'a\.toml:1: kind: missing; .*kind = "hardware"'),
    "wrong kind": (
        {"a_toml": 'kind = "hardwre"\n' + CHIP},
        r":1: kind: hardwre is no kind of entry; did you mean hardware",
    ),
    "wrong kind of table": (
        {"a_toml": "\n" + BOTH.replace("hardware.", "hardwre.")},
        r":2: hardwre: hardwre is no kind of entry; did you mean hardware",
    ),
    "kind against folder": (
        {"model__a_toml": 'kind = "hardware"\n' + CHIP},
        r":1: kind: is 'hardware' in a folder of 'model'",
    ),
    "bad name": ({"hardware__a_toml": 'name = "-x"\n' + CHIP}, r":1: name: must be text"),
    "bad aliases": (
        {"hardware__a_toml": CHIP.replace('["AC-1"]', '"AC-1"')},
        r":2: aliases: must be a list of names",
    ),
    "name twice": (
        {"hardware__x__a_toml": CHIP, "hardware__y__a_toml": CHIP},
        r"y.a\.toml:1: there is another hardware named 'a': .*x.a\.toml:1",
    ),
    "name that ships": (
        {"hardware__H100_toml": CHIP},
        r"two registries have a hardware named 'H100': mlsysim and .*H100\.toml:1",
    ),
    "alias that ships": (
        {"hardware__a_toml": CHIP.replace("AC-1", "h100_sxm")},
        r"two registries have a hardware named 'h100_sxm': mlsysim and .*a\.toml:1",
    ),
    "name that ships but for case": (
        {"hardware__h_100_toml": CHIP},
        r"two registries have a hardware named 'h_100'.*H100.*: mlsysim and .*h_100\.toml:1",
    ),
    "sources without covers": (
        {"hardware__a_toml": CHIP + '[[source]]\ntitle = "x"\nseen = true\n'},
        r"a\.toml:\d+: (source.0.covers|confidence): missing",
    ),
    "no such configuration": (
        {"a_toml": '[model.a]\nconfig = "c.json"\n'},
        r"a\.toml:2: model.a.config: .*c\.json: there is no such file",
    ),
    "configuration of nothing known": (
        {"model__a_json": '{"model_type": "lama"}'},
        r"a\.json.*model_type: 'lama' is none of .*did you mean llama",
    ),
    "configuration that is no JSON": ({"model__a_json": "{\n1"}, r"a\.json:2: "),
    "deep table": ({"hardware__a_toml": "a." * 50_000 + "b = 1"}, r":1: is nested more than 32"),
    "deep list": ({"hardware__a_toml": "a = " + "[" * 90_000}, r"is nested more than 32 deep"),
    "less deep list": (
        {"hardware__a_toml": "a = " + "[" * 60 + "]" * 60},
        r"is nested more than 32 deep",
    ),
    "deep configuration": ({"model__a_json": "[" * 200_000}, r"a\.json.*recursion"),
    "huge number": ({"hardware__a_toml": "tdp = " + "9" * 10_000}, r"a\.toml:1: "),
    "too large": ({"hardware__a_toml": "# " + "x" * 2**20}, r"has 1,048,578 bytes"),
}


@pytest.mark.parametrize(("files", "complaint"), MISTAKES.values(), ids=MISTAKES)
def test_every_mistake_is_shown_where_it_is(write, files, complaint):
    start = time.process_time()

    with pytest.raises(CatalogError, match=complaint):
        load(write(**files))

    assert time.process_time() - start < 20  # it ends, whatever it is given


def test_a_gigabyte_is_refused_at_once(tmp_path):
    file = tmp_path / "huge.toml"
    with file.open("wb") as opened:
        opened.truncate(10**9)

    with pytest.raises(CatalogError, match=r"huge.toml: has 1,000,000,000 bytes"):
        load(file)


def test_what_is_no_text_is_refused(tmp_path):
    file = tmp_path / "latin.toml"
    file.write_bytes(b'\ntitle = "caf\xe9"\n')

    with pytest.raises(CatalogError, match=r"latin.toml:2: is not text in UTF-8"):
        load(file)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such thing here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")

    with pytest.raises(CatalogError, match="there is no such file"):
        load(tmp_path)


def test_a_path_that_leads_nowhere(tmp_path):
    with pytest.raises(CatalogError, match="nowhere: there is no such file or folder"):
        load(tmp_path / "nowhere")
    with pytest.raises(InputTypeError, match="path must be that of a file or a folder, got 3"):
        load(3)


def test_windows_line_ends_and_marks_are_read(tmp_path):
    file = tmp_path / "a.toml"
    file.write_bytes(
        b"\xef\xbb\xbf" + ('kind = "hardware"\n' + CHIP).replace("\n", "\r\n").encode()
    )

    assert OwnEntries([file]).get("hardware", "a").name == "a"


def test_lines_are_found_in_every_way_of_writing():
    text = '''\
# a = 1
top = """
not = 1
"""
"quo ted".x = 1
list = [
  { a = 1, b = [1, 2] },
  { a = 2 },
]
[table] # with words
inner.most = { x = 1, y.z = "a = b" }
[[many]]
a = 1
[[many]]
b = 1
[many.below]
c = 1.5
'''
    lines = lines_of(text)

    assert "not" not in lines
    for path, line in {
        "top": 2, "list": 6, "list.0.a": 7, "list.0.b": 7, "list.1.a": 8, "table": 10,
        "table.inner.most": 11, "table.inner.most.y.z": 11, "many.0.a": 13, "many.1.b": 15,
        "many.1.below.c": 17, "many.1.nothing": 14, "nothing": 1,
    }.items():  # fmt: skip
        assert line_of(lines, path) == line, path
    assert lines["quo ted", "x"] == 5


ASK = """
import mlsysim_core
from mlsysim_registry import load
print(mlsysim_core.Engine.solve("coyote", "anvil").details.hardware)
"""


def ask(value, code=ASK):
    return subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "MLSYSIM_REGISTRY": value},
    )


def test_the_environment_names_folders_and_files(write):
    folder = write(hardware__anvil_toml=CHIP, coyote_toml='kind = "model"\n' + MODEL)
    value = os.pathsep.join([str(folder / "hardware"), str(folder / "coyote.toml"), ""])

    assert ask(value).stdout == "anvil\n"


def test_what_the_environment_names_can_be_loaded_as_well(write):
    folder = write(hardware__anvil_toml=CHIP, model__coyote_toml=MODEL)
    code = f"{ASK}\nload({str(folder)!r})\n{ASK}"

    assert ask(str(folder), code).stdout == "anvil\nanvil\n"


def test_the_environment_is_told_of_mistakes(write):
    folder = write(hardware__H100_toml=CHIP)

    assert "two registries have a hardware named 'H100'" in ask(str(folder)).stderr
    assert "there is no such file or folder" in ask(str(folder / "nowhere")).stderr
