#!/usr/bin/env python3
"""Embeds texts with one or two language models and writes files that the Silent Failure Lab opens.

    python3 scripts/extract_embeddings.py texts.csv --text comment_text --label toxic \\
        --base Qwen/Qwen2.5-0.5B --instruct Qwen/Qwen2.5-0.5B-Instruct --out civil

writes civil.base.npy, civil.instruct.npy (rows × numbers, one row a text, in the order of the input) and
civil.labels.csv (id, label, and the split where there is one). Open all three in the lab, or:

    npm run -s lab -- run --embeddings civil.base.npy --embeddings-new civil.instruct.npy --labels civil.labels.csv

Needs numpy; torch and transformers only where texts are embedded.
"""

import argparse
import csv
import json
import os
import sys

import numpy as np


def read_rows(path, text, label, ids=None, split=None, limit=None):
    """Rows of a CSV or JSON-lines file as (text, label, id, split); label as 0 or 1. Exits with what is wrong, and where."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        if path.lower().endswith((".jsonl", ".ndjson")):
            records = [json.loads(line) for line in file if line.strip()]
        else:
            records = list(csv.DictReader(file))
    if not records:
        raise SystemExit(f"{path}: it has no rows.")
    for name in filter(None, (text, label, ids, split)):
        if name not in records[0]:
            raise SystemExit(f"{path}: no column is named {name}. It has {', '.join(map(str, records[0]))}.")
    rows = []
    for number, record in enumerate(records[:limit], start=1):
        if not isinstance(record[text], str) or not record[text].strip():
            raise SystemExit(f"{path}, row {number}: the text is empty. Remove the row.")
        identity = str(record[ids]) if ids else str(number - 1)
        rows.append((record[text], record[label], identity, record[split] if split else None))
    return rows


def binary_labels(values, threshold=None, unsafe=None):
    """0 or 1 for each value: by a threshold on scores (1 where value >= threshold), or 1 where it is `unsafe`."""
    if threshold is not None:
        return np.array([int(float(value) >= threshold) for value in values], dtype=np.uint8)
    texts = [str(value).strip() for value in values]
    kinds = sorted(set(texts))
    if unsafe is None:
        unsafe = next((text for text in kinds if text.lower() in ("1", "true", "yes", "toxic", "unsafe", "harmful")), None)
    if unsafe not in kinds or len(kinds) > 2:
        shown = ", ".join(kinds[:6]) + (", …" if len(kinds) > 6 else "")
        raise SystemExit(f"The labels are {shown}: say which is unsafe with --unsafe, or give --threshold for scores.")
    return np.array([int(text == unsafe) for text in texts], dtype=np.uint8)


def last_token(hidden, mask):
    """The vector of the last token that is not padding, on whichever side the padding is. hidden: n × tokens × dims."""
    hidden, mask = np.asarray(hidden), np.asarray(mask).astype(bool)
    if not mask.any(axis=1).all():
        raise ValueError("A text has no tokens.")
    last = mask.shape[1] - 1 - np.argmax(mask[:, ::-1], axis=1)
    return hidden[np.arange(len(hidden)), last]


def mean_token(hidden, mask):
    """The mean over tokens that are not padding, in float64. hidden: n × tokens × dims."""
    hidden, mask = np.asarray(hidden, dtype=np.float64), np.asarray(mask).astype(bool)
    if not mask.any(axis=1).all():
        raise ValueError("A text has no tokens.")
    return np.where(mask[:, :, None], hidden, 0).sum(axis=1) / mask.sum(axis=1)[:, None]


POOLINGS = {"last": last_token, "mean": mean_token}


def l2_normalized(rows):
    """Rows scaled to length 1, in float64. A row of zeros, or one that is not finite, is an error."""
    rows = np.asarray(rows, dtype=np.float64)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    bad = np.flatnonzero(~np.isfinite(lengths[:, 0]) | (lengths[:, 0] == 0))
    if len(bad):
        raise ValueError(f"Row {bad[0] + 1} cannot be scaled to length 1.")
    return rows / lengths


def batches(count, size):
    """First and last + 1 of each batch."""
    return [(first, min(count, first + size)) for first in range(0, count, size)]


def write_labels(path, labels, ids, splits):
    """The labels in the layout of the lab: id, label and, where there is one, split."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "label"] + (["split"] if splits else []))
        for row, label in enumerate(labels):
            writer.writerow([ids[row], int(label)] + ([splits[row]] if splits else []))


def write_embeddings(path, blocks, rows, dtype):
    """Writes blocks of rows to a .npy file one after another, so that no more than one is in memory."""
    out = None
    at = 0
    for block in blocks:
        if out is None:
            out = np.lib.format.open_memmap(path, mode="w+", dtype=dtype, shape=(rows, block.shape[1]))
        narrowed = block.astype(dtype)
        if not np.isfinite(narrowed).all():
            os.remove(path)
            raise SystemExit(f"Row {at + 1 + int(np.argmin(np.isfinite(narrowed).all(axis=1)))} does not fit in {dtype}. Write --dtype float32.")
        out[at : at + len(block)] = narrowed
        at += len(block)
    if out is None or at != rows:
        raise ValueError(f"{at} rows were embedded of {rows}.")
    out.flush()


def embedded(texts, model_id, args):
    """Yields the pooled vectors of a batch of texts after another."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(model_id)
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    model = AutoModel.from_pretrained(model_id, torch_dtype=getattr(torch, args.compute)).to(args.device).eval()
    for first, end in batches(len(texts), args.batch):
        tokens = tokenizer(
            texts[first:end], padding=True, truncation=True, max_length=args.max_tokens, return_tensors="pt"
        ).to(args.device)
        with torch.no_grad():
            states = model(**tokens, output_hidden_states=True, use_cache=False) if args.layer != -1 else model(**tokens)
        hidden = states.last_hidden_state if args.layer == -1 else states.hidden_states[args.layer]
        rows = POOLINGS[args.pooling](hidden.float().cpu().numpy(), tokens["attention_mask"].cpu().numpy())
        print(f"{model_id}: {end} of {len(texts)}", file=sys.stderr)
        yield l2_normalized(rows) if args.normalize else rows


def parser():
    out = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    out.add_argument("texts", help="CSV or JSON lines with a column of texts and one of labels")
    out.add_argument("--base", required=True, help="model id or folder of the older model")
    out.add_argument("--instruct", help="model id or folder of the newer one: the same rows again")
    out.add_argument("--out", required=True, help="beginning of the names of the files written")
    out.add_argument("--text", default="text", help="column of the texts (default: text)")
    out.add_argument("--label", default="label", help="column of the labels (default: label)")
    out.add_argument("--id", help="column of ids (default: the place of the row)")
    out.add_argument("--split", help="column of train, validation, test")
    out.add_argument("--unsafe", help="the label that counts as 1 (default: 1, true, yes, toxic, unsafe or harmful)")
    out.add_argument("--threshold", type=float, help="labels are scores: 1 where at or above this")
    out.add_argument("--pooling", choices=sorted(POOLINGS), default="last", help="last token, or mean of tokens")
    out.add_argument("--layer", type=int, default=-1, help="hidden layer: 0 is the token embeddings, -1 the last (default)")
    out.add_argument("--normalize", action=argparse.BooleanOptionalAction, default=True, help="scale rows to length 1")
    out.add_argument("--dtype", choices=["float16", "float32"], default="float32", help="numbers that are written")
    out.add_argument("--compute", choices=["float32", "bfloat16", "float16"], default="float32", help="of the model")
    out.add_argument("--device", default="cpu", help="cpu, cuda, mps, …")
    out.add_argument("--batch", type=int, default=16, help="texts at once")
    out.add_argument("--max-tokens", type=int, default=512, help="longer texts are cut")
    out.add_argument("--limit", type=int, help="only the first so many rows")
    return out


def main(argv=None):
    args = parser().parse_args(argv)
    rows = read_rows(args.texts, args.text, args.label, args.id, args.split, args.limit)
    texts, values, ids, splits = map(list, zip(*rows))
    labels = binary_labels(values, args.threshold, args.unsafe)
    for name, model_id in (("base", args.base), ("instruct", args.instruct)):
        if model_id:
            write_embeddings(f"{args.out}.{name}.npy", embedded(texts, model_id, args), len(texts), args.dtype)
    write_labels(f"{args.out}.labels.csv", labels, ids, splits if args.split else None)


if __name__ == "__main__":
    main()
