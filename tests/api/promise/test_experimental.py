"""What works today and may change: only that it is where the promise says it is."""

from importlib.metadata import entry_points

import mlsysim
import pytest

from ..support import SIX_FIELDS


@pytest.mark.parametrize("name", ["ForwardModel", "DistributedModel", "ServingModel"])
def test_the_solvers_are_imported_from_mlsysim_solvers(name):
    from mlsysim import solvers

    assert isinstance(getattr(solvers, name), type)
    assert name in solvers.__all__


def test_the_base_of_solvers_is_imported_from_mlsysim_core_solver():
    from mlsysim.core import solver
    from mlsysim.solvers import ForwardModel

    assert solver.ForwardModel is ForwardModel


def test_solvers_derive_from_one_base():
    from mlsysim import solvers
    from mlsysim.core.solver import Solver

    found = [getattr(solvers, name) for name in solvers.__all__]
    kinds = ("Model", "Optimizer", "Solver")
    solving = [one for one in found if getattr(one, "__name__", "").endswith(kinds)]

    assert {"ForwardModel", "DistributedModel", "ServingModel"} <= {one.__name__ for one in solving}
    assert all(issubclass(one, Solver) for one in solving)


def test_the_forward_solver_is_the_engine():
    from mlsysim.solvers import ForwardModel

    arguments = ("Llama3_8B", "H100", 8, "fp16", 0.5)
    assert ForwardModel().solve(*arguments) == mlsysim.Engine.solve(*arguments)


@pytest.mark.parametrize("model", ["Llama3_8B", "ResNet50", "BERT_Base"])
def test_training_is_a_keyword_of_the_engine(model):
    inference = mlsysim.Engine.solve(model, "H200", 2, "bf16", is_training=False)
    training = mlsysim.Engine.solve(model, "H200", 2, "bf16", is_training=True)

    assert inference == mlsysim.Engine.solve(model, "H200", 2, "bf16")
    assert training.latency > 2 * inference.latency  # forward, backward and the optimizer's step
    assert [type(getattr(training, name)) for name in SIX_FIELDS] == [
        type(getattr(inference, name)) for name in SIX_FIELDS
    ]


def test_the_announced_successors_of_that_keyword_agree_with_it():
    assert mlsysim.Engine.train("Llama3_8B", "H100") == mlsysim.Engine.solve(
        "Llama3_8B", "H100", is_training=True
    )
    assert mlsysim.Engine.infer("Llama3_8B", "H100") == mlsysim.Engine.solve("Llama3_8B", "H100")


def test_there_is_a_command():
    (command,) = entry_points(group="console_scripts", name="mlsysim")

    assert callable(command.load())
