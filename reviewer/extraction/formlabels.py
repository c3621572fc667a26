"""What a label of the form means where it stands: 姓名 is two fields, 联系人 a group of six."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from reviewer.extraction.vocabulary import Vocabulary
from reviewer.extraction.wording import Labels
from reviewer.policy.labels import fold
from reviewer.policy.schema import FieldSpec


class FormLabel(NamedTuple):
    """What a label of the form may mean: fields, the group of fields behind it, or a heading."""

    fields: tuple[FieldSpec, ...] = ()
    group: tuple[FieldSpec, ...] = ()
    heading: bool = False


def form_labels(vocabulary: Vocabulary) -> Labels[FormLabel]:
    """Folded label → what it may mean in the form."""
    labels = {key: FormLabel(fields=specs) for key, specs in vocabulary.fields.items()}
    for key, specs in vocabulary.groups.items():
        labels[key] = labels.get(key, FormLabel())._replace(group=specs)
    for key in vocabulary.words("part_headings"):
        labels[key] = labels.get(key, FormLabel())._replace(heading=True)
    return Labels(labels)


def is_long(spec: FieldSpec) -> bool:
    """Lists and narratives, which run over lines, cells and tables."""
    return spec.kind == "entries" or spec.limit is not None


def has_long(label: FormLabel) -> bool:
    """Whether the label is a list's or narrative's."""
    return any(is_long(spec) for spec in label.fields)


class Meanings:
    """Resolves labels in reading order, remembering the group at hand.

    is_filled: tells whether a field has its value already, None where it was not met.
    """

    def __init__(self, vocabulary: Vocabulary, is_filled: Callable[[str], bool | None]) -> None:
        self._vocabulary = vocabulary
        self._is_filled = is_filled
        self._group: tuple[FieldSpec, ...] = ()
        self._begun = False

    def resolve(
        self, label: FormLabel, left: tuple[FieldSpec, ...], filled: bool
    ) -> FieldSpec | None:
        """The field that a label means here, None where it is none.

        left: the group whose cell stands before it in the row. filled: a value stands with it.
        """
        if left:
            inside = [spec for spec in label.fields if spec in left]
            if inside:
                self._group = left
                return self._preferred(inside)
        if label.fields:
            if len(label.fields) > 1 and not self._begun and not self._group:
                return None  # 姓名 or 电话 alone, with nothing of the form before it
            spec = self._preferred(label.fields)
            self._enter(spec)
            self._group = label.group or self._group
            return spec
        if label.group and not filled:
            self._group = label.group
        if label.group and filled:
            self._group = label.group
            return label.group[0]
        return None

    def _preferred(self, specs: Sequence[FieldSpec]) -> FieldSpec:
        """Of several fields that bear the label: the one of the group at hand, else the first
        that is still missing."""
        in_group = [spec for spec in specs if spec in self._group]
        for pool in (in_group, list(specs)):
            for spec in pool:
                if not self._is_filled(spec.key):
                    return spec
        return in_group[0] if in_group else specs[0]

    def _enter(self, spec: FieldSpec) -> None:
        """A field of a group brings its group to hand; any other ends it."""
        self._begun = True
        if not spec.group:
            self._group = ()
            return
        if spec not in self._group:
            groups = self._vocabulary.groups
            self._group = groups.get(fold(spec.group[0]), ())
