"""A demo of five lines, and a grader that holds answers against what is predicted."""

from mlsysim import Engine, MLSysimError

expected = Engine.solve("Llama3_8B", "H100", batch_size=1)
assert expected.bottleneck == "Memory"
assert expected.feasible is True
assert 0.0 < expected.mfu < 0.2


def grade(answer, tolerance=0.1):
    """Mark an answer in milliseconds, and show the derivation if it is off."""
    truth = expected.latency.m_as("ms")
    return "right" if abs(answer - truth) <= tolerance * truth else str(expected.explain())


assert grade(expected.latency.m_as("ms")) == "right"
derivation = grade(1e6)
assert "weights" in derivation and "latency" in derivation

again = Engine.solve("Llama3_8B", "H100", batch_size=1)
assert again == expected
assert expected.details.data_version

for wrong in (("Llama3_8", "H100"), ("Llama3_8B", "H1000"), ("Llama3_8B", "H100", 0)):
    try:
        Engine.solve(*wrong)
    except MLSysimError as error:
        print(error)
    else:
        raise AssertionError(wrong)
