"""Writes a declaration as a Word file, in any of the layouts: the reader under test sees what applicants hand in."""

from __future__ import annotations

import random
from typing import Any

from .blocks import paragraph
from .context import Context
from .form import form
from .front import contents, cover, promise
from .numbers import first
from .options import LAYOUTS, Options, options_for
from .package import assemble
from .sections import attachments, part_eight, part_nine, part_three, part_two, parts_four_to_seven
from .shells import section_properties
from .xmlkit import Element, add, el

__all__ = ["LAYOUTS", "render_docx", "render_options"]


def render_docx(declaration: dict[str, Any], layout: str, seed: int) -> bytes:
    """The declaration as the bytes of a .docx.

    Args:
        declaration: what the enterprise wrote, in the form of ``corpus/samples`` (``gold`` is not looked at).
        layout: a key of :data:`LAYOUTS`, or ``"mix"`` for options drawn from the seed.
        seed: decides all noise; the same arguments give the same bytes.

    Raises:
        ValueError: no layout has that name.
    """
    return render_options(declaration, options_for(layout, seed), seed)


def render_options(declaration: dict[str, Any], options: Options, seed: int) -> bytes:
    """As :func:`render_docx`, with the options spelled out."""
    firm = declaration["company"]["企业名称"] or declaration["cover"]["申报单位"]
    ctx = Context(
        options, random.Random(f"render{seed}"), firm, declaration.get("accident_name", "")
    )
    front = [*cover(ctx, declaration), *promise(ctx, declaration)]
    main = _main(ctx, declaration)
    tail = attachments(ctx, declaration)
    body = [*front, *contents(ctx), *_break(ctx), *main]
    if options.landscape:
        body.append(paragraph([], section=section_properties(ctx, header=True)))
    body += [*tail, section_properties(ctx, header=True, landscape=options.landscape)]
    return assemble(ctx, add(el("w:document", None, add(el("w:body"), body)), []))


def _main(ctx: Context, declaration: dict[str, Any]) -> list[Element]:
    return [
        *form(ctx, declaration, first(ctx.opt, 1)),
        *part_two(ctx, declaration),
        *part_three(ctx, declaration),
        *parts_four_to_seven(ctx, declaration),
        *part_eight(ctx, declaration),
        *part_nine(ctx, declaration),
    ]


def _break(ctx: Context) -> list[Element]:
    """The end of the front matter, which has no page header."""
    return [paragraph([], section=section_properties(ctx, header=False))]
