"""What a reader is told of every entry: five parts of a docstring, names, a page, the table, the contract's calls."""

from __future__ import annotations

import re

import pytest

from studyapp.engine.catalogue.arguments import Shape
from studyapp.engine.catalogue.families import CATALOGUE, FAMILIES
from studyapp.engine.catalogue.table import catalogue_table

WITHOUT_A_PAGE = {"sparse_cross_entropy_with_logits", "margin_ranking", "mmd2", "dice_loss"}
"""Losses that no page teaches: the exam names them at most, and the calculator has them."""

EVERY = pytest.mark.parametrize("name", CATALOGUE)


@EVERY
def test_the_docstring_has_five_parts(name):
    entry = CATALOGUE[name]
    text = entry.value.__doc__ or ""
    places = [text.find(part) for part in ("Formula: ", "Args: ", "Returns: ", "Source: ")]

    assert text.split("\n")[0].endswith(".")
    assert -1 not in places
    assert places == sorted(places)
    assert all([entry.summary, entry.formula_text, entry.takes, entry.returns, entry.source])
    assert not any("\n" in part for part in (entry.summary, entry.formula_text, entry.takes))


def test_the_table_has_one_row_an_entry_with_its_call():
    rows = catalogue_table().splitlines()[2:]

    assert [row.split("`")[1] for row in rows] == [entry.signature for entry in CATALOGUE.values()]
    assert all(row.count(" | ") == rows[0].count(" | ") for row in rows)


@EVERY
def test_an_entry_has_names_in_both_languages(name):
    entry = CATALOGUE[name]

    assert entry.ja
    assert entry.en
    assert len(set(entry.ja)) == len(entry.ja)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", [name for name, entry in CATALOGUE.items() if entry.topic])
def test_the_page_of_an_entry_speaks_of_it(name, language, request):
    entry = CATALOGUE[name]
    page = request.config.rootpath / "content" / language / f"{entry.topic}.md"
    keys = request.config.rootpath / "content" / "ja" / f"{entry.topic}.md"
    text = (page.read_text("utf-8") + keys.read_text("utf-8")).casefold()

    assert any(all(word in text for word in _words(told)) for told in (name, *getattr(entry, language)))


@pytest.mark.parametrize(
    "name", [name for name, entry in CATALOGUE.items() if entry.facts and "losses" in entry.value.__module__]
)
def test_a_loss_with_facts_has_its_page_unless_it_is_named_here(name):
    assert bool(CATALOGUE[name].topic) == (name not in WITHOUT_A_PAGE)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_two_entries_have_the_same_first_name(language):
    names = [getattr(entry, language)[0] for entry in CATALOGUE.values()]

    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("family", ["regression", "classification", "margin", "metric learning"])
def test_what_one_chooses_among_carries_facts(family):
    maps = (Shape.MAP, Shape.ROW_MAP)

    assert all(entry.facts for entry in FAMILIES[family] if entry.shape not in maps)


SIGNATURES = """
mse(y, t)
sse(y, t)
half_sse(y, t)
mae(y, t)
rmse(y, t)
rmsle(y, t)
msle(y, t)
huber(y, t, delta=1)
log_cosh(y, t)
pinball(y, t, tau=0.5)
poisson_nll(y, t)
gaussian_nll(y, t, v)
binary_cross_entropy(y, t, epsilon=0)
binary_cross_entropy_with_logits(z, t)
cross_entropy(y, t, epsilon=0, base=e)
cross_entropy_with_logits(z, t)
sparse_cross_entropy(y, labels)
sparse_cross_entropy_with_logits(z, labels)
label_smoothing(t, alpha)
focal(p, t, gamma=2, alpha=none)
hinge(s, t)
squared_hinge(s, t)
multiclass_hinge(s, c, form=crammer_singer)
contrastive(d, same, margin=1)
triplet(dp, dn, margin=1)
circle(sp, sn, gamma=80, margin=0.4)
info_nce(s, positive, tau=0.07)
arcface_logit(theta, margin, scale)
cosface_logit(theta, margin, scale)
entropy(p, base=e)
kl_divergence(p, q, base=e)
js_divergence(p, q, base=e)
wasserstein_1d(p, q, step=1)
mmd2(x, y, bandwidth=1, biased=true)
mutual_information(joint, base=e)
vae_kl(m, v)
vae_loss(reconstruction, kl, beta=1)
reparametrize(m, v, noise)
gan_value(real, fake)
gan_generator_nonsaturating(fake)
wgan_critic(real, fake)
dice_loss(y, t, smooth=0)
iou(a, b)
cosine_distance(a, b)
margin_ranking(a, b, sign, margin=0)
sigmoid(x)
tanh(x)
relu(x)
leaky_relu(x, slope=0.01)
elu(x, alpha=1)
softplus(x)
swish(x)
gelu(x)
step(x)
identity(x)
softmax(z, temperature=1)
accuracy(tp, fp, fn, tn)
precision(tp, fp, fn, tn)
recall(tp, fp, fn, tn)
specificity(tp, fp, fn, tn)
f_beta(tp, fp, fn, tn, beta=1)
roc_auc(score, label)
r2(y, t)
sgd_step(w, g, rate)
momentum_step(w, g, m, rate, mu=0.9, inside=true)
nesterov_step(w, g, m, rate, mu=0.9, inside=true)
adagrad_step(w, g, s, rate, epsilon=1e-08)
rmsprop_step(w, g, s, rate, rho=0.9, epsilon=1e-08)
adam_step(w, g, m, v, t, rate, beta1=0.9, beta2=0.999, epsilon=1e-08, correct=true)
conv_output(n, k, stride=1, padding=0, dilation=1)
conv_parameters(cin, cout, k, bias=true, groups=1)
receptive_field(kernels, strides)
dense_parameters(sizes, bias=true)
"""


@pytest.mark.parametrize("signature", SIGNATURES.split("\n")[1:-1])
def test_the_contract_is_met_to_the_letter(signature):
    assert CATALOGUE[signature.partition("(")[0]].signature == signature


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s_の]|による|つき.*", name.casefold()) if word]
