"""Makes `golden_pytorch.json`: what torch does with the programs of the page `code/pytorch`.

    python3.11 -m venv oracles && . oracles/bin/activate
    pip install -e . torch==2.13.0
    python -m tests.oracles.make_pytorch

Torch is no dependency of the project; its tests read the file alone. Whoever changes a program of the page, or what is
drawn for it, makes the file anew. It holds

- `versions`;
- `prose`: what the programs of the prose print, from top to bottom in one scope;
- `rows`: by exercise and seed, the program of the question and what it prints, or the name of the error that stops it.
  A program with a blank is run with each option in it;
- `backward`: by exercise and step, arrays, and the gradient that autograd finds for them;
- `facts`: what the options of a choice say, each a program that prints True.

All is float64, so that values count with all their digits.
"""

import io
import json
import re
import textwrap
import warnings
from contextlib import redirect_stdout
from importlib.metadata import version

import torch
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset

from studyapp.domain.document import CodeBlock
from tests.content.pages import topic
from tests.oracles.pytorch_programs import PAGE, PLACE, questions

BLANK = "____"
TICKED = re.compile(r"`([^`]+)`")


def scope() -> dict[str, object]:
    """What the page says stands above each program, and a short name for the facts."""
    return {
        "torch": torch,
        "nn": nn,
        "functional": functional,
        "DataLoader": DataLoader,
        "TensorDataset": TensorDataset,
    }


def shows(program: str, names: dict[str, object] | None = None) -> str:
    """What a program prints, or the name of the error that stops it."""
    out = io.StringIO()
    torch.manual_seed(0)
    try:
        with redirect_stdout(out):
            exec(compile(program, "page", "exec"), scope() if names is None else names)  # noqa: S102 — our own pages
    except Exception as error:  # noqa: BLE001 — that there is one is what is asked
        return type(error).__name__
    return out.getvalue().strip()


def rows():
    """By exercise and seed."""
    for question, program in questions("ja"):
        row = {"exercise": question.exercise, "seed": question.seed, "program": program}
        if BLANK in program:
            fill = [TICKED.search(option.text)[1] for option in question.options]
            yield row | {"shows": {text: shows(program.replace(BLANK, text)) for text in fill}}
        else:
            yield row | {"shows": shows(program)}


def prose():
    """The programs of the prose."""
    names = scope()
    for block in topic(PAGE, "ja").body:
        if isinstance(block, CodeBlock) and block.language == "python":
            yield {"program": block.code, "shows": shows(block.code, names)}


def leaf(*shape):
    """Numbers to be differentiated by."""
    return torch.randn(*shape).requires_grad_()


def backward():
    """Gradients by autograd, with the arrays that the blanks of the exercises compute them from."""
    torch.manual_seed(1)

    def row(exercise, step, gradient, **arrays):
        plain = {name: one.detach().tolist() if isinstance(one, torch.Tensor) else one for name, one in arrays.items()}
        return {"exercise": exercise, "step": step, "gradient": gradient.tolist(), "arrays": plain}

    name, dout, u = "layer-backward-code", torch.randn(2, 3), leaf(2, 3)
    torch.relu(u).backward(dout)
    yield row(name, 1, u.grad == 0, x=u)
    yield row(name, 2, u.grad, dout=dout, mask=u <= 0)
    u.grad, y = None, torch.sigmoid(u)
    y.backward(dout)
    yield row(name, 3, u.grad, dout=dout, y=y)
    x, w = torch.randn(2, 4), leaf(4, 3)
    (x @ w).backward(dout)
    yield row(name, 4, w.grad, dout=dout, x=x)
    z, labels = leaf(2, 3), torch.tensor([2, 0])
    functional.cross_entropy(z, labels).backward()
    yield row(name, 5, z.grad, y=torch.softmax(z, dim=1), t=functional.one_hot(labels, 3))

    name, image, kernel = "layer-backward-code-conv", torch.randn(2, 2, 4, 3), torch.randn(3, 2, 2, 2)
    col = functional.unfold(image, 2).transpose(1, 2).reshape(-1, 8).requires_grad_()
    col_w, bias = kernel.reshape(3, -1).T.clone().requires_grad_(), leaf(3)
    out = col @ col_w + bias
    out.retain_grad()
    y = out.reshape(2, 3, 2, 3).permute(0, 3, 1, 2)
    assert torch.allclose(y, functional.conv2d(image, kernel, bias))
    dout = torch.randn(2, 3, 3, 2)
    y.backward(dout)
    yield row(name, 1, out.grad, dout=dout, F=3)
    yield row(name, 2, bias.grad, d=out.grad)
    yield row(name, 3, col_w.grad, d=out.grad, col=col)
    yield row(name, 4, col.grad, d=out.grad, col_W=col_w)

    name, sums = "layer-backward-code-lstm", leaf(2, 3)
    f, g, i, c_prev = (torch.rand(2, 3).requires_grad_() for _ in range(4))
    o = torch.sigmoid(sums)
    o.retain_grad()
    c_next = f * c_prev + g * i
    c_next.retain_grad()
    tanh_c = torch.tanh(c_next)
    dh, dc = torch.randn(2, 3), torch.randn(2, 3)
    torch.autograd.backward([o * tanh_c, c_next], [dh, dc])
    yield row(name, 1, o.grad, dh=dh, tanh_c=tanh_c)
    yield row(name, 2, c_next.grad, dc=dc, dh=dh, o=o, tanh_c=tanh_c)
    yield row(name, 3, f.grad, ds=c_next.grad, c_prev=c_prev)
    yield row(name, 4, sums.grad, do=o.grad, o=o)

    name, xn, gamma, dout = "layer-backward-code-norm", leaf(4, 3), leaf(3), torch.randn(4, 3)
    (gamma * xn).backward(dout)
    yield row(name, 1, gamma.grad, dout=dout, xn=xn)
    yield row(name, 2, xn.grad, dout=dout, gamma=gamma)
    x, mask = leaf(4, 3), torch.rand(4, 3) > 0.5
    (x * mask).backward(dout)
    yield row(name, 3, x.grad, dout=dout, mask=mask)


LOOP = """
    model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Dropout(0.5), nn.Linear(8, 3))
    optimizer, criterion = torch.optim.SGD(model.parameters(), lr=0.1), nn.CrossEntropyLoss()
    data = [(torch.randn(6, 4), torch.randint(3, (6,))) for _ in range(2)]
    before = [p.detach().clone() for p in model.parameters()]
    same = lambda: all(torch.equal(a, b) for a, b in zip(before, model.parameters()))
    model.train()
"""
STEPS = "for x, t in data:\n    loss = criterion(model(x), t)\n    "
SCORES = "z, t = torch.randn(5, 3), torch.tensor([0, 2, 1, 1, 0])\n"
LABELS = "z, t = torch.randn(5, 3), torch.randint(2, (5, 3)).double()\n"
FULL = "right = nn.CrossEntropyLoss()(z, t)\n"
BINARY = "right = nn.BCEWithLogitsLoss()(z, t)\n"
FACTS = {
    "change-between": STEPS + "loss.backward(); optimizer.zero_grad(); optimizer.step()\nprint(same())",
    "change-nostep": STEPS + "optimizer.zero_grad(); loss.backward()\nprint(same())",
    "change-noback": STEPS + "optimizer.zero_grad(); optimizer.step()\nprint(same())",
    "change-nozero": "w = torch.ones(1, requires_grad=True)\nfor x in (3, 5): (x * w).sum().backward()\n"
    "print(w.grad.item() == 8)",
    "change-epoch": "w = torch.ones(1, requires_grad=True)\ntorch.optim.SGD([w], lr=0.1).zero_grad()\n"
    "for x in (3, 5): (x * w).sum().backward()\nprint(w.grad.item() == 8)",
    "change-item": "total = 0\n" + STEPS + "total += loss\nprint(total.grad_fn is not None)",
    "change-nograd": "model.eval()\ny = model(data[0][0])\n"
    "with torch.no_grad(): z = model(data[0][0])\n"
    "print(torch.equal(y, z) and y.grad_fn is not None and z.grad_fn is None)",
    "change-evaltrain": "model.eval()\nx = torch.ones(1, 8)\nprint(torch.equal(model[2](x), x))",
    "change-traineval": "x = torch.ones(1, 800)\nprint(not torch.equal(model[2](x), x))",
    "loss-ce": SCORES + FULL + "logs = z - z.exp().sum(dim=1, keepdim=True).log()\n"
    "print(bool(torch.isclose(-logs[torch.arange(5), t].mean(), right)))",
    "loss-nll": SCORES + FULL + "print(bool(torch.isclose(nn.NLLLoss()(torch.log_softmax(z, dim=1), t), right)))",
    "loss-hand": SCORES + FULL + "t = nn.functional.one_hot(t, 3)\np = torch.softmax(z, dim=1)\n"
    "print(bool(torch.isclose(-(t * p.log()).sum(dim=1).mean(), right)))",
    "loss-soft": SCORES + FULL + "p = torch.softmax(z, dim=1)\n"
    "print(bool(torch.isclose(-p[torch.arange(len(t)), t].log().mean(), right)))",
    "loss-kl": SCORES + "q = torch.softmax(torch.randn(5, 3), dim=1)\np = torch.softmax(z, dim=1)\n"
    "loss = nn.KLDivLoss(reduction='batchmean')(torch.log_softmax(z, dim=1), q)\n"
    "print(bool(torch.isclose(loss, (q * (q / p).log()).sum(dim=1).mean())))",
    "loss-logits": LABELS + BINARY + "print(bool(torch.isclose(right, (z.exp().log1p() - t * z).mean())))",
    "loss-bce": LABELS + BINARY + "print(bool(torch.isclose(nn.BCELoss()(torch.sigmoid(z), t), right)))",
    "loss-labels": LABELS + BINARY + "p = torch.sigmoid(z)\n"
    "print(bool(torch.isclose(-(t * p.log() + (1 - t) * (1 - p).log()).mean(), right)))",
    "need-dropout": "model.eval()\nx = data[0][0]\nprint(torch.equal(model(x), model(x)))",
    "need-running": "model.eval()\nprint(model(torch.randn(1, 4)).shape == (1, 3))",
    "need-memory": "with torch.no_grad(): y = model(data[0][0])\nprint(y.grad_fn is None)",
    "need-speed": "with torch.no_grad(): y = model(data[0][0])\nprint(not y.requires_grad)",
    "need-update": "w = torch.ones(1, requires_grad=True)\nwith torch.no_grad(): w -= 0.5\nprint(w.item() == 0.5)",
    "need-target": "y = model(data[0][0])\nprint(y.detach().grad_fn is None and torch.equal(y, y.detach()))",
    "need-generator": "y = model(data[0][0])\nprint(not y.detach().requires_grad)",
    "need-state": "y = model(data[0][0])\nprint(not y.detach().requires_grad)",
    "need-log": "print(isinstance(criterion(model(data[0][0]), data[0][1]).item(), float))",
    "need-sum": "total = 0\n" + STEPS + "total += loss.item()\nprint(isinstance(total, float))",
    "words-view": "x = torch.zeros(2, 3, 4).permute(0, 2, 1)\n"
    "try: x.view(-1)\nexcept RuntimeError: print(x.reshape(-1).shape == (24,))",
    "words-no-grad-dropout": "with torch.no_grad(): y = nn.Dropout(0.5)(torch.ones(800))\nprint(bool((y == 0).any()))",
    "words-eval-graph": "model.eval()\nprint(model(data[0][0]).grad_fn is not None)",
    "words-weight": "print(nn.Linear(3, 5).weight.shape == (5, 3))",
    "words-stride": "print(nn.MaxPool2d(2).stride == 2)",
    "words-frozen": "model[0].weight.requires_grad = False\n" + STEPS + "optimizer.zero_grad(); loss.backward()\n"
    "print(model[0].weight.grad is None)",
    "words-mask": "mask = torch.tensor([[False, True], [False, True]])\nx = torch.randn(1, 2, 4)\n"
    "weight = nn.MultiheadAttention(4, 1, batch_first=True)(x, x, x, attn_mask=mask)[1]\n"
    "print(bool((weight[0, :, 1] == 0).all()))",
    "words-mask-other-way": "x, mask = torch.eye(2)[None], torch.tensor([[True, False], [True, False]])\n"
    "y = functional.scaled_dot_product_attention(x, x, x, attn_mask=mask)\nprint(torch.equal(y[0, 1], x[0, 0]))",
    "words-probabilities": SCORES + FULL + "p = functional.one_hot(t, 3).double()\n"
    "print(bool(torch.isclose(nn.CrossEntropyLoss()(z, p), right)))",
    "words-list": "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
    "        self.layers = [nn.Linear(2, 2)]\nprint(len(list(Net().parameters())) == 0)",
    "words-running": "names = [name for name, _ in nn.BatchNorm1d(3).named_parameters()]\n"
    "print(names == ['weight', 'bias'] and 'running_mean' in dict(nn.BatchNorm1d(3).named_buffers()))",
}
"""What the page says in words, each as a program that prints True; the names are those of the words drawn."""


def facts():
    """Each in a scope with a model, data and a loop begun."""
    for name, program in FACTS.items():
        yield {"fact": name, "program": program, "shows": shows(textwrap.dedent(LOOP) + program)}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    torch.set_printoptions(precision=12)
    made = {"prose": prose(), "rows": rows(), "backward": backward(), "facts": facts()}
    parts = [f'"versions":{json.dumps({"torch": version("torch")})}']
    for part, found in made.items():
        lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in found]
        parts.append(f'"{part}":[\n' + ",\n".join(lines) + "\n]")
    PLACE.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")
