"""The workflows that publish on GitHub Pages: this project's own, and the one of a new collection."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
OWN = ROOT / ".github" / "workflows" / "pages.yml"
SCAFFOLD = ROOT / "sitegen" / "_scaffold" / "pages.yml"
DEFAULT_BRANCH_PUSH = "github.event_name == 'push' && github.ref_name == github.event.repository.default_branch"
OFFICIAL = {
    "actions/checkout": ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    "actions/setup-python": ("5fda3b95a4ea91299a34e894583c3862153e4b97", "v7.0.0"),
    "actions/configure-pages": ("45bfe0192ca1faeb007ade9deae92b16b8254a0d", "v6.0.0"),
    "actions/upload-pages-artifact": ("fc324d3547104276b827a68afc52ff2a11cc49c9", "v5.0.0"),
    "actions/deploy-pages": ("cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "v5.0.0"),
}

both = pytest.mark.parametrize("path", [OWN, SCAFFOLD], ids=["own", "scaffold"])


def read(path: Path) -> dict[str, Any]:
    # BaseLoader: everything is a string, and the key `on` stays what it is.
    workflow = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(workflow, dict)
    return workflow


def steps(job: dict[str, Any], action: str) -> list[dict[str, Any]]:
    return [step for step in job["steps"] if step.get("uses", "").startswith(f"{action}@")]


@both
def test_it_runs_on_every_push_and_pull_request(path: Path) -> None:
    assert read(path)["on"] == {"push": "", "pull_request": ""}


@both
def test_every_action_is_official_and_pinned_by_a_known_commit_with_its_version_beside_it(path: Path) -> None:
    used = re.findall(r"uses: (\S+)@(\S+)(?: # (\S+))?", path.read_text(encoding="utf-8"))

    assert {name for name, *_ in used} == set(OFFICIAL)
    assert all(OFFICIAL[name] == (commit, version) for name, commit, version in used)


@both
def test_each_job_has_the_least_permissions(path: Path) -> None:
    workflow = read(path)

    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }


@both
def test_only_a_push_to_the_default_branch_deploys(path: Path) -> None:
    jobs = read(path)["jobs"]

    assert jobs["deploy"]["if"] == DEFAULT_BRANCH_PUSH
    assert jobs["deploy"]["needs"] == "build"
    assert "if" not in jobs["build"]
    assert jobs["build"]["env"]["PUBLISH"] == f"${{{{ {DEFAULT_BRANCH_PUSH} }}}}"
    for action in ("actions/configure-pages", "actions/upload-pages-artifact"):
        assert [step["if"] for step in steps(jobs["build"], action)] == ["env.PUBLISH == 'true'"]


@both
def test_two_deployments_never_overlap_and_none_is_cut_off(path: Path) -> None:
    deploy = read(path)["jobs"]["deploy"]

    assert deploy["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}
    assert deploy["environment"]["name"] == "github-pages"


@both
def test_the_site_is_built_for_the_address_that_pages_gives_and_handed_over_whole(path: Path) -> None:
    build = read(path)["jobs"]["build"]
    (configured,) = steps(build, "actions/configure-pages")
    (uploaded,) = steps(build, "actions/upload-pages-artifact")
    (built,) = [step for step in build["steps"] if "sitegen build" in step.get("run", "")]

    assert built["env"]["SITE_URL"] == f"${{{{ steps.{configured['id']}.outputs.base_url }}}}"
    assert '--site-url "$SITE_URL"' in built["run"]
    assert "sitegen check" in built["run"]
    assert uploaded["with"] == {"path": "output"}
    assert build["steps"].index(configured) < build["steps"].index(built) < build["steps"].index(uploaded)


def test_this_project_runs_all_its_tests_before_it_builds() -> None:
    runs = [step.get("run", "") for step in read(OWN)["jobs"]["build"]["steps"]]

    assert runs.index(".ci/run") < next(index for index, run in enumerate(runs) if "sitegen build" in run)


@both
def test_no_expression_is_put_into_a_shell_script(path: Path) -> None:
    """Names of branches and addresses come from outside; the shell sees them as variables only."""
    for job in read(path)["jobs"].values():
        assert not [step for step in job["steps"] if "${{" in step.get("run", "")]
