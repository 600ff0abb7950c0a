"""The whole way: from seeds to a site, and nothing lost on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen import store
from sitegen.build import build_site, template_folders
from sitegen.check import check_site
from sitegen.errors import InputError, UsageError

SEED = """关于做好防汛工作的通知

示例〔2021〕7号

各部门、各单位：

汛期将至，各部门要高度重视防汛工作，现就有关事项通知如下。

一、加强值班值守

各单位要落实领导带班制度，遇有险情立即报告。

二、做好物资储备

各单位要在六月底前完成检查。

示例理工大学办公室

2021年5月20日
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "seeds").mkdir(parents=True)
    (folder / "seeds/notice.txt").write_text(SEED, encoding="utf-8")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def only_content(project: Path) -> Path:
    (path,) = (project / "content").iterdir()
    return path


def test_a_seed_becomes_a_content_file_and_a_site_without_problems(project: Path) -> None:
    report = build_site(project)
    assert only_content(project).name == "2021-05-20-shililigongdaxuebangongshi-7.md"
    assert report.notices == 1
    assert check_site(project).problems == ()
    page = (project / "output/notices/2021-05-20-shililigongdaxuebangongshi-7/index.html").read_text("utf-8")
    assert "各单位要落实领导带班制度，遇有险情立即报告。" in page


def test_a_second_build_gives_the_same_bytes(project: Path) -> None:
    build_site(project)
    first = tree(project / "output")
    build_site(project)
    assert tree(project / "output") == first


def test_the_site_does_not_depend_on_clock_hash_seed_time_zone_or_locale(project: Path) -> None:
    build_site(project)
    first = tree(project / "output")
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "0"}
    subprocess.run([sys.executable, "-m", "sitegen", "build", "-q", "-C", project], env=environment, check=True)
    assert tree(project / "output") == first


def test_a_faulty_seed_is_named_the_others_are_converted_and_the_old_site_stays(project: Path) -> None:
    build_site(project)
    before = tree(project / "output")
    (project / "seeds/bad.txt").write_bytes(b"\xff\xfe\x00")
    (project / "seeds/good.txt").write_text(SEED.replace("7号", "8号"), encoding="utf-8")
    with pytest.raises(InputError) as error:
        build_site(project)
    assert [problem.path for problem in error.value.problems] == ["seeds/bad.txt"]
    assert len(list((project / "content").iterdir())) == 2
    assert tree(project / "output") == before


def test_every_fault_of_a_build_is_told_at_once(project: Path) -> None:
    (project / "seeds/bad.txt").write_bytes(b"\xff")
    (project / "seeds/strange.xyz").write_bytes(b"1")
    (project / "content").mkdir()
    (project / "content/a.md").write_text("---\nid: b\n---\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        build_site(project)
    assert {problem.path for problem in error.value.problems} == {"seeds/bad.txt", "seeds/strange.xyz", "content/a.md"}


def test_a_content_file_made_faulty_by_an_edit_is_not_overwritten_by_its_seed(project: Path) -> None:
    build_site(project)
    path = only_content(project)
    faulty = path.read_text("utf-8").replace("title:", "titel:") + "\n人手写的一段。\n"
    path.write_text(faulty, encoding="utf-8")
    with pytest.raises(InputError, match="Did you mean title"):
        build_site(project)
    assert only_content(project).read_text("utf-8") == faulty


def test_an_edit_of_a_person_reaches_the_page_and_survives_the_next_build(project: Path) -> None:
    build_site(project)
    path = only_content(project)
    path.write_text(path.read_text("utf-8").replace("六月底", "七月底"), encoding="utf-8")
    build_site(project)
    build_site(project)
    assert "七月底" in path.read_text("utf-8")
    assert "七月底" in (project / f"output/notices/{path.stem}/index.html").read_text("utf-8")


def test_a_seed_that_is_gone_is_named_and_its_text_stays(project: Path) -> None:
    build_site(project)
    (project / "seeds/notice.txt").unlink()
    report = build_site(project)
    assert [notice.id for notice in report.missing] == [only_content(project).stem]
    assert check_site(project).problems == ()


def test_a_seed_moved_over_anothers_name_leaves_a_collection_that_builds(project: Path) -> None:
    (project / "seeds/other.txt").write_text(SEED.replace("7号", "8号"), encoding="utf-8")
    build_site(project)
    (project / "seeds/notice.txt").replace(project / "seeds/other.txt")
    for _ in range(2):
        report = build_site(project)
        assert [notice.id for notice in report.missing] == ["2021-05-20-shililigongdaxuebangongshi-8"]
    assert check_site(project).problems == ()


def test_a_seed_whose_name_repeats_its_advertising_is_refused(project: Path) -> None:
    text = SEED.replace("示例理工大学办公室", "澳门百家乐在线官网").replace("关于做好", "澳门百家乐在线官网关于做好")
    (project / "seeds/notice.txt").unlink()
    (project / "seeds/百家乐.txt").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="advertising-in-name"):
        build_site(project)
    assert not (project / "content").exists()


def test_a_draft_and_its_seed_leave_no_trace_in_the_site(project: Path) -> None:
    (project / "seeds/notice.txt.source.json").write_text('{"url": "https://example.org/"}', encoding="utf-8")
    build_site(project)
    path = only_content(project)
    path.write_text(path.read_text("utf-8").replace("added:", "draft: true\nadded:"), encoding="utf-8")
    build_site(project)
    for name, data in tree(project / "output").items():
        assert path.stem not in name
        assert "防汛".encode() not in data
        assert b"notice.txt" not in data
    assert check_site(project).problems == ()


def test_locked_refuses_what_was_not_converted_and_writes_nothing(project: Path) -> None:
    with pytest.raises(InputError, match="not-converted"):
        build_site(project, locked=True)
    assert not (project / "content").exists()
    build_site(project)
    build_site(project, locked=True)


def test_a_collection_may_be_written_by_hand_without_seeds(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("---\nid: a\ntitle: 手写的通知\n---\n\n正文。\n", encoding="utf-8")
    build_site(tmp_path)
    assert check_site(tmp_path).problems == ()


def test_a_notice_with_nothing_but_an_id_has_a_page(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("---\nid: a\n---\n", encoding="utf-8")
    build_site(tmp_path)
    assert check_site(tmp_path).problems == ()


def test_an_empty_collection_has_a_site(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    build_site(tmp_path)
    assert check_site(tmp_path).problems == ()


def test_a_folder_that_is_no_collection_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no-collection"):
        build_site(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_markup_in_a_seed_is_text_on_every_page(project: Path) -> None:
    hostile = SEED.replace("关于做好防汛工作的通知", '关于<script>alert(1)</script>"的通知').replace(
        "遇有险情", "<img src=x onerror=alert(1)>[甲](javascript:alert(1))&lt;b&gt;遇有险情"
    )
    (project / "seeds/notice.txt").write_text(hostile, encoding="utf-8")
    build_site(project)
    for name, data in tree(project / "output").items():
        if name.endswith(".html"):
            assert b"<script>alert" not in data
            assert b"<img src=x" not in data
            assert b'href="javascript:' not in data
    assert check_site(project).problems == ()


def test_the_projects_own_static_files_and_templates_win(project: Path) -> None:
    (project / "templates/static").mkdir(parents=True)
    (project / "templates/static/CNAME").write_text("example.org", encoding="utf-8")
    assert template_folders(project)[0] == project / "templates"
    build_site(project)
    assert (project / "output/static/CNAME").read_text("utf-8") == "example.org"


def test_the_manifest_names_every_input_and_output(project: Path) -> None:
    build_site(project)
    manifest = json.loads((project / "output/manifest.json").read_bytes())
    content = only_content(project).relative_to(project).as_posix()
    assert set(manifest["inputs"]) == {"seeds/notice.txt", content}
    assert set(manifest["outputs"]) == set(tree(project / "output")) - {"manifest.json"}


@pytest.mark.parametrize("title", ["=", "`", "a" * 3000, "𠀀" * 100, "\u202e倒序", "{{ 7*7 }}", "%s %d {0}", "../../x"])
def test_strange_titles_are_shown_as_they_are(tmp_path: Path, title: str) -> None:
    (tmp_path / "content").mkdir()
    text = f"---\nid: a\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n正文。\n"
    (tmp_path / "content/a.md").write_text(text, encoding="utf-8")
    assert store.read_contents(tmp_path)[1] == ()
    build_site(tmp_path)
    assert check_site(tmp_path).problems == ()
