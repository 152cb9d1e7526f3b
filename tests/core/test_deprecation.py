"""Old names: they work, warn at the line that uses them, and are gone with a pointer."""

import sys
import types
import warnings

import pytest
from mlsysim_core import Engine
from mlsysim_core.deprecation import Deprecated, MLSysimDeprecationWarning, module_getattr

OLD = {
    "Motor": Deprecated(
        target="mlsysim_core.engine:Engine",
        use="from mlsysim_core import Engine",
        since="0.1.0",
        removal="0.3.0",
    )
}


@pytest.fixture
def museum(monkeypatch):
    """A module with an old name, a removed one and a lazy one."""
    module = types.ModuleType("museum")
    module.__getattr__ = module_getattr(
        "museum",
        OLD,
        removed={"Steam": "from mlsysim_core import Engine"},
        lazy={"Engine": "mlsysim_core.engine:Engine", "engine": "mlsysim_core.engine"},
    )
    monkeypatch.setitem(sys.modules, "museum", module)
    return module


def test_an_old_name_works_and_warns_with_the_import_to_write(museum):
    with pytest.warns(MLSysimDeprecationWarning) as caught:
        found = museum.Motor

    assert found is Engine
    assert str(caught[0].message) == (
        "museum.Motor is deprecated since 0.1.0 and will be removed in 0.3.0. "
        "Use: from mlsysim_core import Engine"
    )


def test_the_warning_points_at_the_line_that_uses_the_old_name(museum):
    with pytest.warns(MLSysimDeprecationWarning) as caught:
        _ = museum.Motor

    assert caught[0].filename == __file__


def test_importing_an_old_name_warns_as_well(museum):
    with pytest.warns(MLSysimDeprecationWarning) as caught:
        from museum import Motor

    assert Motor is Engine
    assert __file__ in {one.filename for one in caught}


def test_the_advice_works():
    names = {}

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        exec(OLD["Motor"].use, names)

    assert names["Engine"] is OLD["Motor"].resolve()


def test_the_warning_is_a_deprecation_warning_that_can_be_told_apart():
    assert issubclass(MLSysimDeprecationWarning, DeprecationWarning)
    assert MLSysimDeprecationWarning is not DeprecationWarning


def test_a_removed_name_says_what_to_write_instead(museum):
    with pytest.raises(ImportError, match=r"museum\.Steam was removed\. Use: from mlsysim_core"):
        from museum import Steam  # noqa: F401


def test_lazy_names_come_without_a_warning(museum):
    assert museum.Engine is Engine
    assert museum.engine is sys.modules["mlsysim_core.engine"]


def test_an_unknown_name_suggests_the_nearest(museum):
    with pytest.raises(AttributeError, match="has no attribute 'Moter'; did you mean Motor"):
        _ = museum.Moter
    with pytest.raises(AttributeError, match=r"has no attribute '__path__'$"):
        _ = museum.__path__
    assert not hasattr(museum, "florps")
