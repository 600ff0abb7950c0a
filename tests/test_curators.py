"""The curators' laws, in every order of what people and conversions do: nothing a person wrote is lost."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sitegen import store
from sitegen.build import ConvertReport, convert_seeds
from sitegen.config import SiteConfig
from sitegen.frontmatter import parse_content
from sitegen.frontmatter.revision import revise_content
from sitegen.model import Flag, Notice

TEXTS = (
    "关于做好防汛工作的通知\n\n各部门：\n\n各部门要落实值班制度。\n\n示例理工大学\n\n2021年5月20日\n",
    "关于做好防汛工作的通报\n\n各部门：\n\n各部门要落实值班制度。\n\n示例理工大学\n\n2021年5月21日\n",
    "关于召开会议的通知\n\n各单位：\n\n请各单位负责同志准时参加会议。\n\n示例市财政局\n\n二〇二二年三月四日\n",
    "关于甲的决定\n\n各科室：\n\n现将有关事项决定如下，请遵照执行。\n\n示例县人民政府\n\n2020年2月30日\n",
    "关于乙的决定\n\n各科室：\n\n现将有关事项决定如下，请遵照执行。\n\n示例县人民政府\n\n2020年13月1日\n",
    "一段文字，没有题目，没有日期，也没有落款。\n",
    "又一段文字，没有题目 and 没有落款。\n",
)
"""Two that share an id but for a digest, some that raise flags, two that raise the same flag with other notes."""
SEEDS = ("a.txt", "b.txt", "c.txt")
WORDS = st.sampled_from(["人手写的", "改过的", "校订本"])


class Curators(RuleBasedStateMachine):
    """A project, and beside it what people wrote into its content files."""

    def __init__(self) -> None:
        super().__init__()
        self.project = Path(tempfile.mkdtemp(prefix="curators-"))
        (self.project / "seeds").mkdir()
        self.written: dict[str, dict[str, object]] = {}
        """What people wrote, by the path of the content file and what they wrote it under."""
        self.broken: dict[str, str] = {}
        """Content files that are faulty, with the text they had."""
        self.ids: dict[str, str] = {}

    def teardown(self) -> None:
        shutil.rmtree(self.project)

    # --- what is there ---

    def seeds(self) -> list[str]:
        return sorted(path.name for path in (self.project / "seeds").iterdir())

    def contents(self) -> list[str]:
        found = (self.project / "content").glob("*.md") if (self.project / "content").is_dir() else ()
        return sorted(path.name for path in found)

    def sound(self) -> list[str]:
        return [name for name in self.contents() if name not in self.broken]

    def place(self, name: str) -> Path:
        return self.project / "content" / name

    def read(self, name: str) -> Notice:
        notice = parse_content(self.place(name).read_text("utf-8"), name).notice
        assert notice is not None
        return notice

    def snapshot(self) -> dict[str, tuple[int, int]]:
        found = {path: path.stat() for path in self.project.rglob("*") if path.is_file()}
        return {path.relative_to(self.project).as_posix(): (at.st_ino, at.st_mtime_ns) for path, at in found.items()}

    def run(self) -> ConvertReport:
        return convert_seeds(self.project, SiteConfig())

    def edit(self, name: str, notice: Notice, **written: object) -> None:
        """Let a person save a content file."""
        path = self.place(name)
        path.write_text(revise_content(path.read_text("utf-8"), notice), encoding="utf-8")
        self.written.setdefault(name, {}).update(written)

    # --- what conversions do ---

    @initialize(texts=st.lists(st.sampled_from(TEXTS), min_size=2, max_size=3, unique=True))
    def begin(self, texts: list[str]) -> None:
        for name, text in zip(SEEDS, texts, strict=False):
            (self.project / "seeds" / name).write_text(text, encoding="utf-8")
        self.run()

    @rule()
    def convert(self) -> None:
        before = self.snapshot()
        self.run()
        after = self.snapshot()
        changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
        assert all(path.startswith("content/") and path.endswith(".md") for path in changed)
        assert set(before) <= set(after)
        assert set(before) == set(after) or not self.broken
        self.run()
        assert self.snapshot() == after

    # --- what people do to content files ---

    @precondition(lambda self: self.sound())
    @rule(data=st.data(), key=st.sampled_from(["title", "genre", "addressee", "document_number"]), words=WORDS)
    def edit_fact(self, data: st.DataObject, key: str, words: str) -> None:
        name = data.draw(st.sampled_from(self.sound()))
        notice = self.read(name)
        facts: dict[str, Any] = {key: words}
        self.edit(name, replace(notice, facts=replace(notice.facts, **facts)), **facts)

    @precondition(lambda self: self.sound())
    @rule(data=st.data(), words=WORDS)
    def edit_body(self, data: st.DataObject, words: str) -> None:
        name = data.draw(st.sampled_from(self.sound()))
        body = f"{words}的正文。\n"
        self.edit(name, replace(self.read(name), body=body), body=body)

    @precondition(lambda self: self.sound())
    @rule(data=st.data(), words=WORDS)
    def add_flag(self, data: st.DataObject, words: str) -> None:
        name = data.draw(st.sampled_from(self.sound()))
        notice, flag = self.read(name), Flag("to-check", words)
        if flag not in notice.facts.flags:
            self.edit(name, replace(notice, facts=replace(notice.facts, flags=(*notice.facts.flags, flag))))
        self.written.setdefault(name, {})[f"flag {words}"] = flag

    def raised(self) -> list[tuple[str, Flag]]:
        """List the flags that conversions raised and that are open, each with its file."""
        flags = [(name, flag) for name in self.sound() for flag in self.read(name).facts.flags]
        return [(name, flag) for name, flag in flags if flag.is_open and flag.code != "to-check"]

    @precondition(lambda self: self.raised())
    @rule(data=st.data(), reason=WORDS)
    def close_flag(self, data: st.DataObject, reason: str) -> None:
        name, flag = data.draw(st.sampled_from(self.raised()))
        notice, closed = self.read(name), replace(flag, closed=reason)
        flags = tuple(closed if one == flag else one for one in notice.facts.flags)
        written: dict[str, Any] = {f"closed {flag.code} {flag.note}": closed}
        self.edit(name, replace(notice, facts=replace(notice.facts, flags=flags)), **written)

    @precondition(lambda self: self.sound())
    @rule(data=st.data())
    def hold_back(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.sound()))
        notice = self.read(name)
        self.edit(name, replace(notice, draft=True, tags=("防汛",)), draft=True)

    @precondition(lambda self: self.sound())
    @rule(data=st.data(), words=WORDS)
    def comment(self, data: st.DataObject, words: str) -> None:
        name = data.draw(st.sampled_from(self.sound()))
        path = self.place(name)
        path.write_text(path.read_text("utf-8").replace("---\n", f"---\n# {words}\n", 1), encoding="utf-8")
        self.written.setdefault(name, {})["comment"] = words

    @precondition(lambda self: self.sound())
    @rule(data=st.data())
    def break_content(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.sound()))
        text = self.place(name).read_text("utf-8")
        self.place(name).write_text(text.replace("added:", "aded:"), encoding="utf-8")
        self.broken[name] = text

    @precondition(lambda self: self.broken)
    @rule(data=st.data())
    def repair_content(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.broken)))
        assert self.place(name).read_text("utf-8") == self.broken[name].replace("added:", "aded:")
        self.place(name).write_text(self.broken.pop(name), encoding="utf-8")

    @precondition(lambda self: self.contents())
    @rule(data=st.data())
    def delete_content(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.contents()))
        self.place(name).unlink()
        self.broken.pop(name, None)
        self.written.pop(name, None)
        self.ids.pop(name, None)

    # --- what people do to seeds ---

    @precondition(lambda self: self.seeds())
    @rule(data=st.data(), text=st.sampled_from(TEXTS), then_convert=st.booleans())
    def change_source(self, data: st.DataObject, text: str, then_convert: bool) -> None:
        name = data.draw(st.sampled_from(self.seeds()))
        (self.project / "seeds" / name).write_text(text, encoding="utf-8")
        if then_convert:
            self.convert()

    @precondition(lambda self: self.seeds())
    @rule(data=st.data(), to=st.sampled_from(SEEDS))
    def rename_source(self, data: st.DataObject, to: str) -> None:
        """Rename a seed; where the other name is taken, the two exchange their names."""
        name = data.draw(st.sampled_from(self.seeds()))
        old, new = self.project / "seeds" / name, self.project / "seeds" / to
        there = new.read_bytes() if new.exists() else None
        new.write_bytes(old.read_bytes())
        if there is not None:
            old.write_bytes(there)
        elif old != new:
            old.unlink()

    @precondition(lambda self: len(self.seeds()) > 1)
    @rule(data=st.data())
    def delete_source(self, data: st.DataObject) -> None:
        (self.project / "seeds" / data.draw(st.sampled_from(self.seeds()))).unlink()

    @rule(name=st.sampled_from(SEEDS), text=st.sampled_from(TEXTS))
    def add_source(self, name: str, text: str) -> None:
        (self.project / "seeds" / name).write_text(text, encoding="utf-8")

    # --- what must hold at every moment ---

    @invariant()
    def what_people_wrote_is_there(self) -> None:
        for name, written in self.written.items():
            if name in self.broken:
                continue
            notice, text = self.read(name), self.place(name).read_text("utf-8")
            for key, value in written.items():
                if isinstance(value, Flag):
                    assert value in notice.facts.flags
                elif key == "comment":
                    assert f"# {value}\n" in text
                elif key in ("body", "draft"):
                    assert getattr(notice, key) == value
                else:
                    assert getattr(notice.facts, key) == value

    @invariant()
    def ids_never_change(self) -> None:
        for name in self.sound():
            notice = self.read(name)
            assert f"{notice.id}.md" == name
            assert self.ids.setdefault(name, f"{notice.id} {notice.added}") == f"{notice.id} {notice.added}"
        assert set(self.ids) <= set(self.contents())


Curators.TestCase.settings = settings(
    max_examples=80, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestCurators = Curators.TestCase


def test_the_machine_knows_every_fact_it_edits() -> None:
    assert {"title", "genre", "addressee", "document_number"} <= set(store.KEYS)
