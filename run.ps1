# The door to the project on Windows: sets up what is missing, then does one thing. .\run.ps1 help lists them.
# Written without a Windows machine at hand: the steps are those of ./run, less the Linux libraries.
param([string]$Task = "help", [Parameter(ValueFromRemainingArguments = $true)][string[]]$Rest)
$ErrorActionPreference = "Stop"
Set-Location $PSScriptRoot
$pythonVersion = "3.11"

function Need-Uv {
    if (Get-Command uv -ErrorAction SilentlyContinue) { return "uv" }
    if (-not (Test-Path ".venv-uv\Scripts\uv.exe")) {
        Write-Host "Installing uv beside the project"
        $python = Get-Command py -ErrorAction SilentlyContinue
        if (-not $python) { throw "Python $pythonVersion is needed: install it from the Microsoft Store or your software portal." }
        & py "-$pythonVersion" -m venv .venv-uv
        & .venv-uv\Scripts\pip.exe install -q uv
        if ($LASTEXITCODE) { throw "uv could not be installed. Is there a connection?" }
    }
    return (Resolve-Path ".venv-uv\Scripts\uv.exe").Path
}

function Need-Environment {
    $stamp = ((Get-FileHash requirements.lock).Hash + (Get-FileHash pyproject.toml).Hash)
    if ((Test-Path .venv\quay-stamp) -and ((Get-Content -Raw .venv\quay-stamp).Trim() -eq $stamp)) { return }
    $uv = Need-Uv
    Write-Host "Preparing the locked environment"
    if (-not (Test-Path .venv\Scripts\python.exe)) { & $uv venv -q --python $pythonVersion .venv }
    & $uv pip sync -q --require-hashes --python .venv\Scripts\python.exe requirements.lock
    if ($LASTEXITCODE) { throw "The environment could not be prepared. Is there a connection?" }
    & $uv pip install -q --no-deps --no-build-isolation --python .venv\Scripts\python.exe -e .
    if ($LASTEXITCODE) { throw "The project could not be installed into its environment." }
    Set-Content .venv\quay-stamp $stamp
}

function In-Env([string[]]$Words) { & .venv\Scripts\python.exe -m @Words; exit $LASTEXITCODE }

switch ($Task) {
    "demo"  { Need-Environment; if ($Rest -contains "--check") { $env:QT_QPA_PLATFORM = "offscreen"; In-Env (@("tests.support.demo_check") + $Rest) } else { In-Env (@("tests.support.demo") + $Rest) } }
    "test"  { Need-Environment; $env:QT_QPA_PLATFORM = "offscreen"; In-Env (@("pytest", "-q", "-n", "auto", "--dist", "loadfile") + $Rest) }
    "shots" { Need-Environment; $env:QT_QPA_PLATFORM = "offscreen"; In-Env (@("tests.support.shots") + $Rest) }
    "bench" { Need-Environment; $env:QT_QPA_PLATFORM = "offscreen"; In-Env (@("bench") + $Rest) }
    "soak"  { Need-Environment; $env:QT_QPA_PLATFORM = "offscreen"; In-Env (@("tests.support.soak") + $Rest) }
    "check" {
        Need-Environment
        foreach ($words in @(@("ruff", "format", "--check", "."), @("ruff", "check", "."), @("mypy"))) {
            & .venv\Scripts\python.exe -m @words
            if ($LASTEXITCODE) { exit $LASTEXITCODE }
        }
        & .venv\Scripts\lint-imports.exe
        if ($LASTEXITCODE) { exit $LASTEXITCODE }
        $env:QT_QPA_PLATFORM = "offscreen"; In-Env @("pytest", "-q", "-n", "auto", "--dist", "loadfile")
    }
    "till"  { Need-Environment; & .venv\Scripts\quay.exe @Rest; exit $LASTEXITCODE }
    "setup" { Need-Environment }
    default { Write-Host ".\run.ps1 demo | demo --check | test | check | shots | bench | soak | till | setup" }
}
