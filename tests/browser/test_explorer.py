"""The explorer's page in a real browser without a network, on a desk and on a phone."""

import os
import shutil
from pathlib import Path

import pytest
from mlsysim import Engine, Hardware
from mlsysim_core.explanation import brief_time

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 180_000  # Python starts in seconds, but a busy machine may need minutes [ms]


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("no Chromium: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def page(browser, address):
    """The page, once Python has started; it asks only its own server, and complains of nothing."""
    complaints, foreign = [], []
    home = address.rpartition("/")[0]

    def note(asked):
        if not asked.url.startswith((home, "data:", "blob:")):
            foreign.append(asked.url)

    context = browser.new_context(viewport=DESK)
    context.set_default_timeout(PATIENCE)
    context.on("request", note)
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    answered(page)
    yield page
    context.close()
    assert foreign == []
    assert complaints == []


@pytest.fixture
def ask(page):
    """Ask by the address, as a link does."""

    def ask(question="", viewport=DESK):
        page.set_viewport_size(viewport)
        page.evaluate("question => { location.hash = question }", question)
        answered(page)
        return page

    return ask


def answered(page):
    """Wait until the answer is that of the newest question."""
    page.wait_for_timeout(100)
    page.wait_for_selector('#answer[aria-busy="false"]')


def headline(page):
    names = page.locator("#headline dt").all_inner_texts()
    return dict(zip(names, page.locator("#headline dd").all_inner_texts(), strict=True))


def picture(page, name):
    if folder := os.environ.get("MLSYSIM_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def slide(page, control, value):
    page.locator(f"#{control}").evaluate(
        "(one, value) => { one.value = value; "
        "one.dispatchEvent(new Event('input', { bubbles: true })); }",
        str(value),
    )


def test_the_page_answers_what_the_library_answers(ask):
    page = ask()
    first = Engine.solve("Llama3_8B", "H100")

    assert headline(page)["Latency"] == brief_time(first.seconds)

    page.select_option("#hardware", "A100")
    slide(page, "batch", 5)
    answered(page)
    second = Engine.solve("Llama3_8B", "A100", batch_size=32)

    assert headline(page)["Latency"] == brief_time(second.seconds)
    assert "batch=5" in page.url
    picture(page, "desk")


def test_what_if_changes_the_device(ask):
    page = ask()
    slide(page, "bandwidth", 1)
    answered(page)
    twice, four_times = (
        Engine.solve(
            "Llama3_8B",
            Hardware.H100.model_copy(
                update={"memory.bandwidth": times * Hardware.H100.memory.bandwidth}
            ),
        )
        for times in (2, 4)
    )

    assert headline(page)["Latency"] == brief_time(twice.seconds)
    cells = page.locator("#changes tbody tr").first.locator("th, td").all_inner_texts()
    assert cells[:2] == ["Twice the memory bandwidth", brief_time(four_times.seconds)]
    assert cells[3] == f"{twice.seconds / four_times.seconds:.2f}\u00d7"


def test_what_does_not_fit_has_no_normal_answer(ask):
    page = ask("model=Llama3_70B&hardware=H100")

    assert headline(page)["Latency"] == "does not fit"
    assert "It does not fit" in page.locator("#verdict").inner_text()


def test_a_model_without_sequences_has_neither_phase_nor_context(ask):
    page = ask("model=ResNet50&hardware=A100&batch=6")

    assert not page.locator("#phase").is_visible()
    assert not page.locator("input#context").is_visible()
    assert headline(page)["Throughput"].endswith("sample/s")


def test_what_a_device_cannot_compute_is_said(ask):
    page = ask("model=ResNet50&hardware=Coral&precision=fp16")

    assert "Coral has no fp16 arithmetic" in page.locator("#status").inner_text()
    assert not page.locator("#results").is_visible()


def test_a_phone_shows_everything_in_its_width(ask):
    page = ask("batch=6&context=13", PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")

    assert width <= PHONE["width"]
    for picture_of in ("#roofline svg", "#parts .bar", "#memory .bar"):
        assert page.locator(picture_of).is_visible()
    picture(page, "phone")


def test_controls_have_names_and_pictures_have_words(ask):
    page = ask()
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll("select, input, button")]
        .filter((one) => !one.labels?.length && !one.textContent).map((one) => one.id)"""
    )

    assert unnamed == []
    assert "operations for each byte" in page.locator("#roofline svg > title").text_content()
    assert page.locator("html").get_attribute("lang") == "en"


def test_nothing_comes_from_elsewhere(explorer):
    for file in explorer.iterdir():
        if file.suffix in {".html", ".css", ".js"}:
            text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
            assert "http:" not in text, file.name
            assert "https:" not in text, file.name
