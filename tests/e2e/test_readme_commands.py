"""The README's two commands: their exact form, who else calls them, and that the program behind them is there."""

import re
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from app.__main__ import main
from tests.cli.command_runs import Run

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DEMO = "python3 -m pip install uv && uv run mooc-studio demo ./demo"
TESTS = "python3 -m pip install uv && uv run pytest"


def code_blocks() -> list[list[str]]:
    """Return the lines of each fenced block."""
    return [block.strip("\n").splitlines() for block in re.findall(r"(?ms)^```\w*\n(.*?)^```", README)]


@pytest.mark.parametrize("command", [DEMO, TESTS])
def test_each_command_stands_alone_in_a_block_to_copy(command: str) -> None:
    assert [command] in code_blocks()


def test_the_demo_comes_first() -> None:
    assert README.index(DEMO) < README.index(TESTS)


@pytest.mark.parametrize("command", [DEMO, TESTS])
def test_the_same_for_powershell(command: str) -> None:
    """Windows has ``py`` and no ``python3``; its PowerShell 5 knows no ``&&``, and uv is not on the path yet."""
    of_windows = command.replace("python3 -m", "py -m").replace(" && uv run", "; if ($?) { py -m uv run") + " }"
    assert any(of_windows in block for block in code_blocks())


def test_help_where_pip_or_the_system_refuses() -> None:
    assert "externally-managed-environment" in README
    assert re.search(r"sudo apt-get install .*libegl1", README)


def test_our_own_check_calls_the_command_of_the_tests() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    options = re.compile(r" --(?:quiet|disable-pip-version-check)\b")
    assert TESTS in [options.sub("", line) for line in lines]


@pytest.mark.parametrize("command", [DEMO, TESTS])
def test_the_workflow_calls_both_on_three_systems(command: str) -> None:
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert command.replace("python3", "python") in workflow  # on Windows and in its set-up action there is no python3
    assert {"ubuntu", "windows", "macos"} <= set(re.findall(r"(ubuntu|windows|macos)-latest", workflow))


def test_the_names_in_the_commands_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["scripts"] == {"mooc-studio": "app.__main__:main"}
    assert "pytest" in {re.split("[=<>~]", name)[0] for name in project["dependency-groups"]["dev"]}
    [script] = entry_points(group="console_scripts", name="mooc-studio")
    assert script.load() is main


def test_every_command_that_the_readme_names_is_known(run: Run) -> None:
    named = {match[1] for match in re.finditer(r"(?m)^mooc-studio (questions \w+|\w+)", README)}
    assert {"validate", "export", "bundle", "verify", "questions lint", "questions convert"} <= named
    for command in sorted(named):
        assert run(*command.split(), "--help").status == 0, command


def test_every_place_on_the_map_and_every_page_is_there() -> None:
    places = re.findall(r"(?m)^\| `([^|]*)` \|", README)
    paths = [path.strip("` ") for place in places for path in place.split(",")]
    paths += re.findall(r"\]\(([^):]+)\)", README)
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []
