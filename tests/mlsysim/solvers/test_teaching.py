"""The kit for labs: guesses, checks, derivations, constants with their sources."""

import math

import pint
import pytest
from mlsysim import Engine, Hardware, teaching, ureg
from mlsysim.teaching import Expected, Step, check, constant, constants, expected, predict
from mlsysim_core.errors import InputError, MissingValueError, UnknownEntryError

ASKED = ("Llama3_8B", "H100")


class TestPrediction:
    def test_a_guess_is_revealed_with_ratio_and_derivation(self):
        guess = predict("How long does a step take?", "20 ms", "ms")
        found = guess.reveal(expected("latency", *ASKED))

        assert found.ratio == pytest.approx(0.020 / Engine.solve(*ASKED).seconds)
        assert "right order of magnitude" in found.verdict
        assert "weights" in str(found)
        assert "| 20 ms |" in found._repr_markdown_()

    def test_a_bare_number_is_in_the_unit_that_was_asked_for(self):
        assert predict("?", 20, "ms").guess == ureg("20 ms")

    @pytest.mark.parametrize("guess", ["5 GB", "soon", math.nan, math.inf, None, True])
    def test_a_guess_that_is_none_is_refused_at_once(self, guess):
        with pytest.raises((InputError, TypeError), match="guess"):
            predict("?", guess, "ms")

    def test_choices_are_words(self):
        guess = predict("What is the limit?", "memory", choices=("Compute", "Memory"))

        assert guess.reveal(expected("bottleneck", *ASKED)).verdict == "as you said"
        with pytest.raises(InputError, match="did you mean Memory"):
            predict("?", "memry", choices=("Compute", "Memory"))

    def test_nothing_is_revealed_before_the_guess(self):
        found = predict("How long?", ..., "ms").reveal(expected("latency", *ASKED))

        assert found.answer is None
        assert "Guess first" in str(found)
        assert "ms" not in str(found)

    def test_a_guess_never_changes(self):
        with pytest.raises(AttributeError):
            predict("?", "20 ms", "ms").guess = ureg("6 ms")


class TestCheck:
    @pytest.mark.parametrize("answer", ["9.3 ms", "9300 us", 0.0093 * ureg.s, "0.0093 s"])
    def test_units_do_not_matter(self, answer):
        assert check(answer, "9.28 ms")

    def test_quantities_of_another_registry_are_understood(self):
        assert check(pint.UnitRegistry()("9.3 ms"), "9.28 ms")

    @pytest.mark.parametrize(
        ("answer", "right", "hint"),
        [
            ("9.28 s", "9.28 ms", "prefix"),
            ("128.5 GB", "16.06 GB", "bits for bytes"),
            ("14.957 GB", "16.06 GB", "binary"),
            (40.0, 0.4, "percent"),
            ("32.12 GB", "16.06 GB", "multiply-accumulate"),
            ("107.76 /s", "9.28 ms", "no such unit"),
            (9.28, "9.28 ms", "needs its unit"),
            (2.5, 0.4, "one over"),
            ("10.2 ms", "9.28 ms", "not by much"),
            ("100 ms", "9.28 ms", "too large"),
            ("-9.28 ms", "9.28 ms", "sign"),
            ("soon", "9.28 ms", "must be a number"),
            (None, "9.28 ms", "must be a number"),
            ("Compute", "Memory", "not 'Compute'"),
        ],
    )
    def test_feedback_says_what_may_be_wrong(self, answer, right, hint):
        found = check(answer, right)

        assert not found
        assert hint in found.feedback
        assert str(right) not in found.feedback  # which would give the answer away

    def test_no_answer_is_no_failure_to_stop_at(self):
        found = check(..., "9.28 ms")

        assert not found
        assert not found.answered

    def test_the_tolerance_is_a_part_or_a_quantity(self):
        assert not check("9.9 ms", "9.28 ms", within=0.05)
        assert check("9.9 ms", "9.28 ms", within="1 ms")
        assert check("9.9 ms", "9.28 ms", within="10 %")
        with pytest.raises(InputError, match="must be a part"):
            check("9.9 ms", "9.28 ms", within="1 GB")
        with pytest.raises(InputError, match="zero"):
            check("1 ms", "0 ms")
        with pytest.raises(InputError, match="negative"):
            check("1 ms", "1 ms", within=-0.1)

    def test_it_asserts(self):
        assert check(Engine.solve(*ASKED).latency, expected("latency", *ASKED), within=0)


class TestExpected:
    @pytest.mark.parametrize(
        ("what", "field"),
        [
            ("latency", "latency"),
            ("throughput", "throughput"),
            ("mfu", "mfu"),
            ("energy", "energy"),
            ("memory", "memory_footprint"),
            ("intensity", "arithmetic_intensity"),
        ],
    )
    def test_it_is_what_the_engine_says(self, what, field):
        found = expected(what, *ASKED, batch_size=32)
        profile = Engine.solve(*ASKED, batch_size=32)

        assert check(found.value, getattr(profile, field), within=1e-12)
        assert found.steps[-1].value is found.value

    @pytest.mark.parametrize("what", ["latency", "memory"])
    def test_the_steps_add_up(self, what):
        *parts, total = expected(what, *ASKED, batch_size=32).steps

        assert check(sum((one.value for one in parts), 0 * total.value), total.value, within=1e-12)

    def test_weights_and_cache_by_hand(self):
        # Llama 3.1 8B: 8,030,261,248 weights of 2 bytes; 2 x 32 layers x 8 heads x 128 x 2 bytes.
        assert expected("weights", *ASKED).value.m_as("byte") == 2 * 8030261248
        cache = expected("cache", *ASKED, batch_size=4, seq_len=1000)
        assert cache.value.m_as("byte") == 2 * 32 * 8 * 128 * 2 * 4000

    def test_the_ridge_is_peak_over_bandwidth(self):
        assert expected("ridge", *ASKED).value.m_as("flop/byte") == pytest.approx(989.4 / 3.35)

    def test_what_does_not_fit_has_no_latency_but_a_memory(self):
        with pytest.raises(InputError, match="does not fit"):
            expected("latency", "Llama3_70B", "H100")
        assert expected("memory", "Llama3_70B", "H100").value > Hardware.H100.memory.capacity

    def test_a_misspelt_question_is_told(self):
        with pytest.raises(InputError, match="did you mean latency"):
            expected("latancy", *ASKED)

    def test_instructors_make_their_own(self):
        nodes = Expected("devices", ureg.Quantity(2, ""), (Step("by hand", "", ureg("2")),))

        assert check(2, nodes)
        assert "by hand" in str(nodes)


class TestConstants:
    def test_a_constant_has_its_source(self):
        found = constant("hardware.h100.memory.bandwidth")

        assert found.path == "hardware.H100.memory.bandwidth"
        assert found.value == ureg("3.35 TB/s")
        assert any("H100" in source.title for source in found.sources)
        assert "3.35 TB/s" in str(found)

    def test_all_of_an_entry(self):
        found = constants("hardware.H100.memory")

        assert "hardware.H100.memory.capacity" in [one.path for one in found]
        assert all(one.sources for one in found)
        assert "| 3.35 TB/s |" in found._repr_markdown_()

    @pytest.mark.parametrize(
        ("path", "error", "hint"),
        [
            ("hardware.H100.memory.bandwith", InputError, "did you mean bandwidth"),
            ("hardwre.H100.tdp", InputError, "did you mean hardware"),
            ("hardware.H10.tdp", UnknownEntryError, "H100"),
            ("hardware.H100.memory", InputError, "several values"),
            ("hardware.H100.battery.capacity", MissingValueError, "published"),
            ("H100", InputError, "kinds are"),
        ],
    )
    def test_a_path_that_leads_nowhere_says_so(self, path, error, hint):
        with pytest.raises(error, match=hint):
            constant(path)


def test_the_meta_package_has_it():
    assert teaching.check is check
