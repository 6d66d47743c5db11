"""Golden rows: divergences, generation, overlaps, distances, penalties, activations, metrics, sizes of layers."""

import numpy as np
import torch
from recording import SCOPE, Draws, Row, helper, row
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

EACH, BITS = {"reduction": "none"}, {"base": 2}


def divergences() -> list[Row]:
    """Entropy, KL both ways and in each library's order, JS, Wasserstein, mutual information."""
    draw = Draws("kl_divergence")
    pair = {"p": draw.rows(3, 4), "q": draw.rows(3, 4)}
    single, exchanged = {"p": pair["p"]}, {"p": pair["q"], "q": pair["p"]}
    counts = draw.random.integers(1, 30, (3, 4)).astype(float)
    joint, known = {"joint": counts / counts.sum()}, {"counts": counts, "places": np.arange(4.0)}
    kl, js, work = "kl_divergence", "js_divergence", "wasserstein_1d"
    batch = "functional.kl_div(q.log(), p, reduction='batchmean')"
    clipped = "Keras clips both to 1e-7, which these inputs do not meet"
    moved = "[stats.wasserstein_distance({0}, {0}, *two) for two in zip(p, q, strict=True)]"
    margins = "(joint.sum(1, keepdim=True) * joint.sum(0)).log()"
    jensen = "distance.jensenshannon(p, q, {}axis=-1) ** 2"
    renormalised = "values only: it renormalises"
    shannon = "stats.entropy(p, base=2, axis=-1)"
    contingency = "metrics.mutual_info_score(None, None, contingency=counts)"
    mean, total = (
        "4 * functional.kl_div(q.log(), p, reduction='mean')",
        "functional.kl_div(q.log(), p, reduction='sum')",
    )
    first = "torch takes ln Q first, the truth P second"
    return [
        row("torch", "entropy", "torch.special.entr(p).sum(-1).mean()", single, "p"),
        row("torch", "entropy", "distributions.Categorical(p).entropy()", single, options=EACH, note=renormalised),
        row("scipy", "entropy", shannon, single, options={**BITS, **EACH}),
        row("torch", kl, batch, pair, "p q", note=first),
        row("torch", kl, total, pair, "p q", options={"reduction": "sum"}),
        row("torch", kl, mean, pair, "p q", note="'mean' divides by N · K"),
        row("torch", kl, batch, exchanged, "p q", note="the other direction"),
        row("torch", kl, f"{batch} / np.log(2)", pair, "p q", options=BITS),
        row("keras", kl, "keras.losses.kl_divergence(p, q).mean()", pair, "p q", note=clipped),
        row("optax", kl, "optax.losses.kl_divergence(jnp.log(q), p)", pair, "p q", options=EACH),
        row("scipy", kl, "stats.entropy(p, q, axis=-1)", pair, options=EACH),
        row("scipy", js, jensen.format(""), pair, options=EACH, note="SciPy gives the root"),
        row("scipy", js, jensen.format("base=2, "), pair, options={**EACH, **BITS}),
        row("torch", js, "js(p, q)", pair, "p q", note="½ KL(p, m) + ½ KL(q, m) by functional.kl_div"),
        row("scipy", work, moved.format("places"), pair, options=EACH, known=known),
        row("scipy", work, moved.format("2.5 * places"), pair, options={"step": 2.5, **EACH}, known=known),
        row("scikit-learn", "mutual_information", contingency, joint, known=known),
        row("torch", "mutual_information", f"functional.kl_div({margins}, joint, reduction='sum')", joint, "joint"),
    ]


@helper
def js(p, q):
    """Jensen–Shannon divergence by KL from the middle."""
    middle = ((p + q) / 2).log()
    return sum(SCOPE["functional"].kl_div(middle, each, reduction="batchmean") for each in (p, q)) / 2


def generation() -> list[Row]:
    """Samples' discrepancy, the VAE's parts, the adversarial losses."""
    draw = Draws("mmd2")
    samples = {"x": draw.reals(4, 2), "y": draw.reals(3, 2)}
    normal = {"m": draw.reals(3, 2), "v": draw.positive(3, 2)}
    game = {"real": draw.unit(4), "fake": draw.unit(3)}
    fake = {"fake": game["fake"]}
    torch.manual_seed(7)
    noise = torch.randn(3, 2, dtype=torch.float64).numpy()
    wide, bce = {"bandwidth": 1.5, "biased": "false"}, "functional.binary_cross_entropy"
    kernels = "means of metrics.pairwise.rbf_kernel(gamma=1 / (2σ²))"
    standard = "distributions.Normal(0.0, 1.0)"
    encoder = f"distributions.kl_divergence(distributions.Normal(m, v.sqrt()), {standard}).sum()"
    on_data, on_fakes = f"{bce}(real, torch.ones_like(real))", f"{bce}(fake, torch.zeros_like(fake))"
    draws = "distributions.Normal(m, √v).rsample() with the same seed"
    return [
        row("scikit-learn", "mmd2", "mmd2(x, y, 1.0, biased=True)", samples, note=kernels),
        row("scikit-learn", "mmd2", "mmd2(x, y, 1.5, biased=False)", samples, options=wide, note=kernels),
        row("torch", "vae_kl", encoder, normal, "m v"),
        row("torch", "reparametrize", "drawn(m, v)", {**normal, "noise": noise}, "m v", note=draws),
        row("torch", "gan_value", f"-{on_data} - {on_fakes}", game, "real fake"),
        row("torch", "gan_generator_nonsaturating", f"{bce}(fake, torch.ones_like(fake))", fake, "fake"),
        row("torch", "gan_generator_saturating", f"-{on_fakes}", fake, "fake"),
    ]


@helper
def drawn(m, v):
    """A draw from a normal distribution after the seed 7."""
    torch.manual_seed(7)
    return SCOPE["distributions"].Normal(m, v.sqrt()).rsample()


@helper
def mmd2(x, y, bandwidth, *, biased):
    """The squared discrepancy by scikit-learn's kernel."""

    def kernel(x, y):
        return SCOPE["metrics"].pairwise.rbf_kernel(x, y, gamma=1 / (2 * bandwidth**2))

    def within(x):
        return kernel(x, x).mean() if biased else kernel(x, x)[~np.eye(len(x), dtype=bool)].mean()

    return within(x) + within(y) - 2 * kernel(x, y).mean()


def segmentation() -> list[Row]:
    """Overlaps of masks and boxes."""
    draw = Draws("dice_loss")
    soft = {"y": draw.unit(3, 4), "t": draw.bits(3, 4)}
    masks = {"a": draw.bits(3, 4), "b": draw.bits(3, 4)[::-1].copy()}
    pair = {"y": masks["a"], "t": masks["b"]}
    boxes = {"a": draw.random.uniform(0, 2, 4), "b": draw.random.uniform(0, 2, 4)}
    for box in boxes.values():
        box[2:] += box[:2] + 0.5
    logits, halves = "(jnp.log(y) - jnp.log1p(-y)).reshape(1, -1, 1)", "optax halves both sums: its smooth 1 is our 2"
    by_optax = f"optax.losses.dice_loss({logits}, t.reshape(1, -1, 1), smooth=1.0)[0]"
    below, cast = (
        "Keras adds ε = 1e-7 to the denominator alone",
        "it casts boxes to float32, and adds ε = 1e-7 to the union",
    )
    overlap = "keras.utils.bounding_boxes.compute_iou(a[None], b[None], 'xyxy')[0, 0]"
    return [
        row("keras", "dice_loss", "exact(lambda: keras.losses.dice(t, y))()", soft, "y t", note=below),
        row("optax", "dice_loss", by_optax, soft, "y t", options={"smooth": 2}, note=halves),
        row("scikit-learn", "dice_loss", "1 - metrics.f1_score(t.ravel(), y.ravel())", pair),
        row("scikit-learn", "iou", "metrics.jaccard_score(a.ravel(), b.ravel())", masks),
        row("keras", "box_iou", overlap, boxes, loose=(1e-6, cast)),
    ]


def distances() -> list[Row]:
    """Distances of vectors, row by row."""
    draw = Draws("euclidean_distance")
    pair = {"a": draw.reals(3, 4), "b": draw.reals(3, 4)}
    spread = draw.reals(3, 3)
    place = {"x": draw.reals(3), "center": draw.reals(3), "covariance": spread @ spread.T + np.eye(3)}
    place["covariance"] = (place["covariance"] + place["covariance"].T) / 2
    norm = "torch.linalg.vector_norm(a - b, {}, dim=-1).mean()"
    by_scipy = "[distance.{}(*two) for two in zip(a, b, strict=True)]"
    inverse = "distance.mahalanobis(x, center, np.linalg.inv(covariance))"
    cosine, opposite, mahalanobis = "cosine_similarity", "cosine_distance", "mahalanobis_distance"
    diagonal = "np.diag(metrics.pairwise.cosine_similarity(a, b))"
    embedded, squared = (
        "functional.cosine_embedding_loss(a, b, torch.ones(3))",
        "1e-12 is added to both squared lengths",
    )
    cubes, curved = {"order": 3}, {"order": 1.5, **EACH}
    density = "√(2 (ln f(μ) − ln f(x))) of distributions.MultivariateNormal"
    minkowski = by_scipy.format("minkowski").replace("*two", "*two, p=1.5")
    return [
        row("torch", "euclidean_distance", norm.format(2), pair, "a b"),
        row("scipy", "euclidean_distance", by_scipy.format("euclidean"), pair, options=EACH),
        row("torch", "manhattan_distance", norm.format(1), pair, "a b"),
        row("scipy", "manhattan_distance", by_scipy.format("cityblock"), pair, options=EACH),
        row("torch", "chebyshev_distance", norm.format("float('inf')"), pair, "a b"),
        row("scipy", "chebyshev_distance", by_scipy.format("chebyshev"), pair, options=EACH),
        row("torch", "minkowski_distance", norm.format(3), pair, "a b", options=cubes),
        row("scipy", "minkowski_distance", minkowski, pair, options=curved),
        row("torch", cosine, "functional.cosine_similarity(a, b).mean()", pair, "a b"),
        row("keras", cosine, "-keras.losses.cosine_similarity(b, a).mean()", pair, "a b", note="Keras's loss is −cos"),
        row("scikit-learn", cosine, diagonal, pair, options=EACH),
        row("optax", opposite, "optax.cosine_distance(a, b)", pair, "a b", options=EACH, note="1 − cos"),
        row("scipy", opposite, by_scipy.format("cosine"), pair, options=EACH),
        row("torch", opposite, embedded, pair, "a b", note=squared),
        row("scipy", mahalanobis, inverse, place),
        row("torch", mahalanobis, "mahalanobis(x, center, covariance)", place, "x center", note=density),
    ]


@helper
def mahalanobis(x, center, covariance):
    """The distance by two densities of a normal distribution."""
    normal = SCOPE["distributions"].MultivariateNormal(center, covariance)
    return (2 * (normal.log_prob(center.detach()).detach() - normal.log_prob(x))).sqrt()


def penalties() -> list[Row]:
    """Penalties on weights."""
    draw = Draws("l2")
    weights = draw.reals(3, 4)
    w, sparse = {"w": weights}, {"w": np.where(draw.bits(3, 4) == 1, weights, 0.0)}
    strength, both, half = {"strength": 0.3}, {"strength": 2.0, "ratio": 0.3}, {"half": "true"}
    plain = "λ Σw², without ½"
    return [
        row("torch", "l0", "torch.linalg.vector_norm(w.ravel(), 0)", sparse),
        row("keras", "l1", "keras.regularizers.L1(0.3)(w)", w, "w", options=strength),
        row("torch", "l1", "torch.linalg.vector_norm(w.ravel(), 1)", w, "w"),
        row("keras", "l2", "keras.regularizers.L2(0.3)(w)", w, "w", options=strength, note=plain),
        row("optax", "l2", "optax.l2_loss(w).sum()", w, "w", options=half, note="½ Σw²"),
        row("keras", "elastic", "keras.regularizers.L1L2(l1=0.6, l2=1.4)(w)", w, "w", options=both),
    ]


def activations() -> list[Row]:
    """Activations; of softmax the Jacobian, else the derivative of each element."""
    draw = Draws("sigmoid")
    x, z = {"x": draw.reals(3, 4, spread=3)}, {"z": draw.reals(3, 4, spread=3)}
    kept = {"x": np.append(x["x"].ravel(), 0.0)}
    smooth = {
        name: {"swish": "silu"}.get(name, name) for name in ("sigmoid", "tanh", "relu", "elu", "softplus", "swish")
    }
    heaviside = "torch.heaviside(x, torch.zeros((), dtype=x.dtype))"
    slope, alpha, warm = {"slope": 0.2}, {"alpha": 0.7}, {"temperature": 2.5}
    other, tanh = "slope 0.01; Keras's default is 0.2", "jax's default is the tanh form"
    by_keras, exact_gelu = "keras.activations", "gelu(x, approximate=False)"
    return [
        *(row("torch", ours, f"functional.{its}(x)", x, "x") for ours, its in {**smooth, "gelu": "gelu"}.items()),
        *(row("keras", ours, f"{by_keras}.{its}(x)", x, "x") for ours, its in {**smooth, "identity": "linear"}.items()),
        *(row("jax", ours, f"jax.nn.{its}(x)", x, "x") for ours, its in smooth.items()),
        row("jax", "gelu", f"jax.nn.{exact_gelu}", x, "x", note=tanh),
        row("keras", "gelu", f"{by_keras}.{exact_gelu}", x, "x"),
        row("torch", "identity", "torch.nn.Identity()(x)", x, "x"),
        row("torch", "step", heaviside, kept),
        row("torch", "leaky_relu", "functional.leaky_relu(x)", x, "x", note=other),
        row("keras", "leaky_relu", f"{by_keras}.leaky_relu(x)", x, "x", options=slope),
        row("torch", "elu", "functional.elu(x, alpha=0.7)", x, "x", options=alpha),
        row("scipy", "sigmoid", "special.expit(x)", x),
        row("scipy", "softmax", "special.softmax(z, axis=-1)", z),
        row("torch", "softmax", "torch.softmax(z, -1)", z, "z", jacobian=True),
        row("torch", "softmax", "torch.softmax(z / 2.5, -1)", z, "z", jacobian=True, options=warm),
        row("keras", "softmax", f"{by_keras}.softmax(z)", z),
    ]


def counts() -> list[Row]:
    """Metrics from counts, by way of labels that have those counts; the areas under two curves, with ties."""
    cells = {"tp": np.float64(17), "fp": np.float64(5), "fn": np.float64(9), "tn": np.float64(23)}
    known = {"truth": np.repeat([1, 0, 1, 0], [17, 5, 9, 23]), "found": np.repeat([1, 1, 0, 0], [17, 5, 9, 23])}
    draw = Draws("roc_auc")
    scored = {"score": np.round(draw.unit(30), 1), "label": draw.bits(30)}
    measures = [
        ("accuracy", "metrics.accuracy_score(truth, found)", {}),
        ("precision", "metrics.precision_score(truth, found)", {}),
        ("recall", "metrics.recall_score(truth, found)", {}),
        ("specificity", "metrics.recall_score(truth, found, pos_label=0)", {}),
        ("false_positive_rate", "1 - metrics.recall_score(truth, found, pos_label=0)", {}),
        ("false_positive_rate", "metrics.roc_curve(truth, found)[0][1]", {}),
        ("f_beta", "metrics.f1_score(truth, found)", {}),
        ("f_beta", "metrics.fbeta_score(truth, found, beta=2)", {"beta": 2}),
        ("f_beta", "metrics.fbeta_score(truth, found, beta=0.5)", {"beta": 0.5}),
    ]
    ties = "scores to one place: many ties"
    return [
        *(row("scikit-learn", name, code, cells, options=more, known=known) for name, code, more in measures),
        row("scikit-learn", "roc_auc", "metrics.roc_auc_score(label, score)", scored, note=ties),
        row("scikit-learn", "average_precision", "metrics.average_precision_score(label, score)", scored),
    ]


def sizes() -> list[Row]:
    """Sizes and counts, read off real layers."""
    rows = []
    for n, k, stride, padding, dilation in ((28, 5, 1, 0, 1), (32, 3, 2, 1, 1), (31, 3, 2, 0, 2), (224, 7, 2, 3, 1)):
        options = {"stride": stride, "padding": padding, "dilation": dilation}
        layer = f"nn.Conv1d(1, 1, {k}, {stride}, {padding}, {dilation})"
        length = f"torch.tensor({layer}(torch.zeros(1, 1, int(n))).shape[-1])"
        rows.append(row("torch", "conv_output", length, {"n": n, "k": k}, options=options))
    for cin, cout, k, bias, groups in ((3, 16, 3, True, 1), (8, 16, 5, False, 1), (8, 8, 3, True, 8)):
        layer = f"nn.Conv2d({cin}, {cout}, {k}, bias={bias}, groups={groups})"
        channels, grouped = {"cin": cin, "cout": cout, "k": k}, {"groups": groups}
        options = {"bias": str(bias).lower(), **grouped}
        rows.append(row("torch", "conv_parameters", f"parameters({layer})", channels, options=options))
        place, work = {**channels, "height": 6, "width": 7}, f"flops({layer}, {cin}, {5 + k}, {6 + k})"
        rows.append(row("torch", "conv_flops", work, place, options=grouped))
    deep, layers = {"sizes": np.array([784, 50, 20, 10])}, ((784, 50), (50, 20), (20, 10))
    stages = "flops(nn.Conv2d(4, 4, 3, groups=4, bias=False), 4, 8, 8) + flops(nn.Conv2d(4, 6, 1, bias=False), 4, 6, 6)"
    plain = "flops(nn.Conv2d(4, 6, 3, bias=False), 4, 8, 8).double()"
    stack = {"kernels": np.array([7, 3, 3, 5]), "strides": np.array([2, 1, 2, 1])}
    linear, known = "sum(parameters(nn.Linear(*one{})) for one in layers)", {"layers": layers}
    dense = "flops(nn.Sequential(*(nn.Linear(*one) for one in layers)), 784)"
    return [
        *rows,
        row("torch", "separable_ratio", f"({stages}) / {plain}", {"cout": 6, "k": 3}),
        row("torch", "receptive_field", "seen(kernels, strides)", stack, note="inputs that get a gradient"),
        row("torch", "dense_parameters", linear.format(""), deep, known=known),
        row("torch", "dense_parameters", linear.format(", bias=False"), deep, options={"bias": "false"}, known=known),
        row("torch", "dense_flops", dense, deep, known=known),
    ]


@helper
def parameters(layer):
    """How many numbers a layer learns."""
    return torch.tensor(sum(part.numel() for part in layer.parameters()))


@helper
def flops(layer, *shape: int):
    """Operations of a layer, counted by torch."""
    with FlopCounterMode(display=False) as counter:
        layer(torch.zeros(1, *shape))
    return torch.tensor(counter.get_total_flops())


@helper
def seen(kernels, strides):
    """How many inputs of a line get a gradient from one output of a stack of convolutions."""
    line = torch.zeros(1, 1, 101, dtype=torch.float64, requires_grad=True)
    out = line
    for kernel, stride in zip(kernels.tolist(), strides.tolist(), strict=True):
        out = nn.functional.conv1d(out, torch.ones(1, 1, kernel, dtype=torch.float64), stride=stride)
    (pull,) = torch.autograd.grad(out[0, 0, 2], line)
    return (pull != 0).sum()


ROWS = (divergences, generation, segmentation, distances, penalties, activations, counts, sizes)
