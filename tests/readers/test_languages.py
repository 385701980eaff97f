"""English is told from other languages."""

from __future__ import annotations

import pytest

from analysis.readers.languages import is_english, language_name, other_language

FOREIGN = {
    "German": "Schelz verteidigt Haushalt\n\nBundeskanzler Otto Schelz hat die Kritik von Fritz Marz scharf zurückgewiesen.",
    "French": "Le ministre de l’Intérieur a rejeté lundi les critiques de l’opposition et a promis de nouvelles mesures.",
    "Spanish": "El presidente del Gobierno rechazó el lunes las críticas de la oposición y prometió nuevas medidas para todos.",
    "Russian": "Министр иностранных дел заявил в понедельник, что критика оппозиции несправедлива, и пообещал новые меры.",
    "Danish": "Statsministeren afviste mandag kritikken fra oppositionen og lovede, at der snart kommer nye tiltag.",
    "Dutch": "De minister-president heeft maandag de kritiek van de oppositie verworpen en beloofde nieuwe maatregelen.",
    "Arabic": "رفض رئيس الوزراء يوم الاثنين انتقادات المعارضة ووعد باتخاذ إجراءات جديدة لمواجهة الفيضانات في البلاد.",
    "Chinese": "总理周一驳斥了反对派的批评，并承诺采取新的措施应对洪水。政府发言人表示，救援工作仍在继续。",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_named(language):
    """From one or two sentences on."""
    assert other_language(FOREIGN[language]) == language


@pytest.mark.parametrize(
    "text",
    [
        "Norway won.",
        "Imran Kader attacked Nawaz Tariq. Nawaz ruined Lahore on Monday. Kader accused Nadira Nawaz.",
        "Former Egyptian President Hosni Mubarak dies\n\nOn Tuesday, Hosni Mubarak, the former President of Egypt, died.",
        "Schelz verteidigt Haushalt",
        "Chancellor Otto Schelz said “Das ist Unsinn und eine Frechheit” when asked about Fritz Marz in Berlin on Monday.",
        "word " * 50,
        "1234 5678 " * 50,
        "EPL: Gundogan, Szczesny, Błaszczykowski score for Borussia Dortmund, Bayern München lose Champions League.",
    ],
)
def test_english_and_what_is_too_short_is_none(text):
    """Foreign names, a foreign quotation and numbers are no other language."""
    assert other_language(text) is None


@pytest.mark.parametrize("label, english", [("en", True), ("en-GB", True), ("English", True), ("eng", True), ("de", False)])
def test_labels(label, english):
    """As tables write them."""
    assert is_english(label) is english


def test_names():
    """By the first part of the code; a rare one keeps its code."""
    assert (language_name("pt-BR"), language_name("qu")) == ("Portuguese", "the language 'qu'")
