"""What a notebook's kernel offers: completion of names, and answers that show themselves."""

import pytest

manager = pytest.importorskip("jupyter_client.manager", reason="jupyter is not installed")
pytest.importorskip("ipykernel", reason="ipykernel is not installed")
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def kernel():
    kernels, client = manager.start_new_kernel(kernel_name="python3")
    client.execute("from mlsysim import *", reply=True, timeout=120)
    yield client
    client.stop_channels()
    kernels.shutdown_kernel(now=True)


def completed(kernel, code):
    for _ in range(5):  # on a busy machine the completer gives up, and has learnt by the next time
        reply = kernel.complete(code, reply=True, timeout=120)["content"]
        if reply["matches"]:
            break
    return {match.rpartition(".")[2] for match in reply["matches"]}


def displayed(kernel, code):
    found = []
    kernel.execute_interactive(
        code,
        timeout=120,
        output_hook=lambda message: found.append(message["content"].get("data", {})),
    )
    return next(data for data in found if data)


@pytest.fixture
def guarded(kernel):
    """A completer that evaluates only what it trusts."""
    kernel.execute("%config Completer.use_jedi = False", reply=True, timeout=120)
    yield kernel
    kernel.execute("%config Completer.use_jedi = True", reply=True, timeout=120)


NAMESPACES = [
    ("Hardware.", {"H100", "Cloud", "Edge"}),
    ("Hardware.Cloud.", {"H100", "A100", "B200"}),
    ("Hardware.Cloud.H1", {"H100"}),
    ("Models.", {"Llama3_8B", "Language"}),
    ("Models.Language.", {"Llama3_8B"}),
]


@pytest.mark.parametrize(("code", "names"), NAMESPACES)
def test_tab_completes_names_without_jedi(guarded, code, names):
    assert names <= completed(guarded, code)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        *NAMESPACES,
        ("Hardware.H100.", {"memory", "compute", "tdp"}),
        ("Hardware.H100.memory.", {"bandwidth", "capacity"}),
        ("Models.Llama3_", {"Llama3_8B", "Llama3_70B"}),
        ("Engine.", {"solve", "sweep"}),
    ],
)
def test_tab_completes_names(kernel, code, names):
    assert names <= completed(kernel, code)


@pytest.mark.parametrize(
    "code",
    [
        'Engine.solve("Llama3_8B", "H100")',
        'Engine.solve("Llama3_70B", "H100").explain()',
        "Hardware.H100",
    ],
)
def test_answers_and_entries_show_themselves_as_html(kernel, code):
    html = displayed(kernel, code)["text/html"]

    assert "<table" in html
    assert "<script" not in html
