import subprocess

import pytest

from tests.support import chromium

pytestmark = pytest.mark.e2e


def test_a_browser_that_does_not_start_is_passed_over(monkeypatch, tmp_path):
    script = tmp_path / "chromium"
    script.write_text("#!/bin/sh\nexit 1\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "MAC_APPLICATIONS", ())
    assert chromium.find() is None
    assert "executable_path" not in chromium.launch_options()


def test_the_browser_renders_a_page_that_runs_script(tmp_path):
    browser = chromium.find()
    if browser is None:
        pytest.skip("Playwright's own browser is used here; the journeys show that it works")
    page = tmp_path / "page.html"
    page.write_text("<title>x</title><p id='p'></p><script>p.textContent = 6 * 7</script>")
    command = [str(browser), "--headless", "--no-sandbox", *chromium.ARGUMENTS]
    answer = subprocess.run(
        [*command, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()],
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert b">42</p>" in answer.stdout
