"""The one service function behind every edge: bytes in, Review out.

This is the composition root: only here are the stages put together, and only here is it known
which matcher stands behind the protocol.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

import corpus
from reviewer import __version__, assemble, parsing, waivers
from reviewer.collector import seldom
from reviewer.errors import NotADeclaration, UnreadableFile, UsageError
from reviewer.extraction import extract
from reviewer.limits import Limits
from reviewer.matching import Resolver, contents, read_corrections
from reviewer.matching.protocol import EntryMatcher
from reviewer.model.clean import shown
from reviewer.model.declaration import Declaration
from reviewer.model.document import Document
from reviewer.model.index import sentences
from reviewer.model.review import EntryMatch, Review, Tool
from reviewer.policy.load import load
from reviewer.policy.schema import Policy
from reviewer.reports import Material, render
from reviewer.reports.json import encode
from reviewer.rules import Context, run
from reviewer.scoring import cover
from reviewer.waivers import Waiver

CORRECTIONS = Path(corpus.__file__).parent / "examples" / "corrections.jsonl"
"""Verdicts that came with the program: labelled examples of training, and remembered as such."""

LEAST_FOUND = 5
"""Labels and headings of the form (of some seventy) that even a mangled declaration shows."""

__all__ = ["Done", "Reviewer", "Work", "matcher", "perform", "read_file"]


class Work(Struct, frozen=True):
    """One file to review in the guarded child. form: a key of reports.FORMATS, or None.

    waivers: the findings that a reviewer lets pass. template: of the letter, b"" for ours.
    pdf: the stamped PDF to compare with, b"" for none.
    """

    data: bytes
    name: str
    policy: str = "hebei-2026"
    tier: str | None = None
    form: str | None = None
    waivers: tuple[Waiver, ...] = ()
    template: bytes = b""
    pdf: bytes = b""
    pdf_name: str = ""


class Done(Struct, frozen=True):
    """What the guarded child sends back: the review as JSON and the rendered report."""

    review: bytes
    rendered: bytes = b""


def perform(work: Work) -> Done:
    """Review one file and render its report: what runs inside the guarded child."""
    reviewer = Reviewer(work.policy)
    document = reviewer.read(work.data, work.name)
    declaration = reviewer.declared(document)
    stamped = (
        reviewer.declared(reviewer.read(work.pdf, work.pdf_name or "盖章.pdf"))
        if work.pdf
        else None
    )
    review = reviewer.review_declaration(declaration, tier=work.tier, stamped=stamped)
    review = waivers.apply(review, work.waivers) if work.waivers else review
    rendered = b""
    if work.form is not None:
        material = Material(
            review, reviewer.policy, work.data, document, declaration, work.template
        )
        rendered = render(work.form, material)
    return Done(encode(review), rendered)


def matcher(policy: str | Policy, corrections: Path | None = None) -> EntryMatcher:
    """The matcher of a policy: names, spelling, the released model, and reviewers' corrections.

    corrections: a file of verdicts that stand above those released with the program.
    Raises PolicyError or UsageError where pack or file cannot be used.
    """
    from models.classifier import released

    pack = load(policy) if isinstance(policy, str) else policy
    files = [CORRECTIONS] if CORRECTIONS.exists() else []
    files += [corrections] if corrections else []
    numbers = [scenario.number for scenario in pack.scenarios]
    verdicts = [verdict for file in files for verdict in read_corrections(file, numbers)]
    return Resolver(pack, released(), verdicts)


_matcher = matcher


class Reviewer:
    """Reviews declarations under one policy. Cheap to keep, safe to use in one process.

    policy: a pack's id, or a loaded pack. today: the day of the review (for deadlines).
    """

    def __init__(
        self,
        policy: str | Policy = "hebei-2026",
        *,
        limits: Limits | None = None,
        today: date | None = None,
        matcher: EntryMatcher | None = None,
    ) -> None:
        self.policy = load(policy) if isinstance(policy, str) else policy
        self.limits = limits or Limits()
        self.today = today or date.today()
        self.matcher = matcher or _matcher(self.policy)

    def review(self, data: bytes, name: str, *, tier: str | None = None) -> Review:
        """Review the bytes of one declaration.

        tier: id of the tier to review for; None takes what the document says.
        Raises UnreadableFile (or a subclass) where the bytes are no readable document.
        """
        document = self.read(data, name)
        return self.review_document(document, tier=tier)

    @seldom()
    def read(self, data: bytes, name: str) -> Document:
        """Read the bytes into a Document, told by content, not by name."""
        return parsing.read(data, name, self.limits)

    @seldom()
    def review_document(self, document: Document, *, tier: str | None = None) -> Review:
        """Review a Document that was read before."""
        return self.review_declaration(self.declared(document), tier=tier)

    def declared(self, document: Document) -> Declaration:
        """What a Document declares. NotADeclaration where next to nothing of the form is in it."""
        declaration = extract(document, self.policy)
        fields = sum(item.found for item in declaration.fields.values())
        sections = sum(item.found for item in declaration.sections.values())
        if fields + sections < LEAST_FOUND:
            raise NotADeclaration(
                f"“{shown(document.name)}”不像智能工厂申报书：没有找到申报书的表格和章节标题"
                "（如“企业名称”“项目简述”“3.3 生产作业”），请确认交的是按模板填写的申报书。"
            )
        return declaration

    def review_declaration(
        self,
        declaration: Declaration,
        *,
        tier: str | None = None,
        stamped: Declaration | None = None,
    ) -> Review:
        """Review what was declared. stamped: the stamped PDF's, to be compared with it."""
        chosen = self._tier(tier, declaration)
        matches = self._match(declaration)
        index = sentences(declaration)
        coverage = cover(declaration, matches, index, self.policy)
        context = Context(
            policy=self.policy,
            declaration=declaration,
            matches=matches,
            sentences=index,
            coverage=coverage,
            tier=self.policy.tier(chosen),
            today=self.today,
            content=self._content(declaration, matches),
            tier_given=tier is not None,
            stamped=stamped,
        )
        findings, complete = run(context)
        return assemble.review(
            policy=self.policy,
            declaration=declaration,
            tier=chosen,
            matches=matches,
            coverage=coverage,
            findings=findings,
            complete=complete,
            tool=self.tool(),
        )

    def tool(self) -> Tool:
        """Name and version of program, policy and model, as they stand in the report."""
        return Tool(
            name="reviewer",
            version=__version__,
            policy=self.policy.id,
            policy_version=self.policy.version,
            model=self.matcher.version,
        )

    def _tier(self, asked: str | None, declaration: Declaration) -> str:
        known = [tier.id for tier in self.policy.tiers]
        if asked is not None and asked not in known:
            raise UsageError(f"没有“{asked}”这一级，请在 {'、'.join(known)} 中选择。")
        return asked or declaration.tier or self.policy.default_tier

    def _content(
        self, declaration: Declaration, matches: Mapping[str, EntryMatch]
    ) -> Mapping[str, tuple[int, float]]:
        from models.content import released

        return contents(declaration.blocks, matches, released())

    def _match(self, declaration: Declaration) -> Mapping[str, EntryMatch]:
        entries = [*declaration.entries, *(block.entry for block in declaration.blocks)]
        return {entry.at: self.matcher.match(entry.raw) for entry in entries}


def read_file(path: Path, limits: Limits) -> bytes:
    """The bytes of a file; UnreadableFile with one Chinese sentence where that fails."""
    name = shown(path.name or str(path))
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UnreadableFile(
                f"“{name}”是文件夹，请给出一份申报书文件；审阅整个文件夹请用 reviewer batch。"
            )
        if size > limits.file_bytes:
            mib = limits.file_bytes >> 20
            raise UnreadableFile(
                f"“{name}”有 {size >> 20} MB，超过 {mib} MB 的上限，请压缩图片后再试。"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"找不到文件“{name}”，请检查路径和文件名。") from None
    except PermissionError:
        raise UnreadableFile(
            f"没有权限读取“{name}”，请检查文件权限，或关闭正在占用它的程序。"
        ) from None
    except OSError as error:
        reason = error.strerror or "读取失败"
        raise UnreadableFile(
            f"读取“{name}”失败（{reason}），请检查磁盘或复制到本机后再试。"
        ) from None
