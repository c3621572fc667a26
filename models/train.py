"""``python -m models.train``: trains on all hands but the test hand, calibrates, releases, evaluates.

Runs in seconds on one core. The release is the same to the last prediction for the same examples
and the same version of scikit-learn; ``version`` names a digest of what it was trained on.
"""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models import calibration, evaluate, fit
from models.classifier import RELEASE
from models.fit import Weights
from models.material import calibrated, left_out, material

_EPOCH = (1980, 1, 1, 0, 0, 0)


def release(weights: Weights, bends: calibration.Bends, version: str, path: Path) -> None:
    """Write the release: rounded weights, no pickle, the same bytes for the same weights."""
    scale = np.abs(weights.weights).max(axis=0) / 127
    keep = np.abs(np.rint(weights.weights / scale)).max(axis=1) > 1
    rounded = np.rint(weights.weights[keep] / scale).astype(np.int8)
    terms = [term for term, kept in zip(weights.terms, keep, strict=True) if kept]
    words = np.array([term in weights.words for term in terms])
    _write(
        path,
        {
            "terms": _text("\n".join(terms)),
            "words": np.packbits(words),
            "idf": weights.idf[keep].astype(np.float32),
            "weights": rounded,
            "scale": scale.astype(np.float32),
            "bias": weights.bias.astype(np.float32),
            "classes": weights.classes.astype(np.int16),
            "slope": np.float32(bends.slope),
            "none_shift": np.float32(bends.none_shift),
            "stages": _text("\n".join(sorted(weights.stages))),
            "version": _text(version),
        },
    )


def _text(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8"), np.uint8)


def _write(path: Path, arrays: dict[str, NDArray[np.generic] | np.generic]) -> None:
    """An .npz with fixed dates, so that the file's digest is that of its content."""
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.asarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _EPOCH), buffer.getvalue())


def train(path: Path = RELEASE) -> str:
    """Train and release; returns the release's version."""
    given = material()
    bends = calibrated(given, left_out(given, [line.hand for line in given.people]))
    weights = fit.fit(given.all, given.split, given.stages)
    version = f"scenarios-{given.digest()}"
    release(weights, bends, version, path)
    return version


def main() -> int:
    """Train, release, evaluate."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--no-evaluation", action="store_true")
    args = words.parse_args()
    print(f"released {train()}: {RELEASE.stat().st_size / 1e6:.2f} MB", file=sys.stderr)
    return 0 if args.no_evaluation else evaluate.run(write=True)


if __name__ == "__main__":
    sys.exit(main())
