# Two commands do everything on a machine with Python 3.11+ and make: `make demo` and `make test`.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
OUT    ?= out

.PHONY: docs bench help demo notebooks test check format lock setup setup-dev clean
.DEFAULT_GOAL := help

help: ## List the commands / 列出命令
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "需要 Python 3.11 或更高版本 / Python 3.11 or later is needed. 例如 e.g.: make demo PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: lock/runtime.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r lock/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.dev: lock/dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r lock/dev.txt
	@touch $@

setup: $(VENV)/.runtime ## Create the environment / 建立环境

setup-dev: $(VENV)/.dev

demo: setup ## Set up and analyse each of corpora/ / 安装并分析各示例语料
	$(BIN)/swnlp analyze corpora --per-corpus -o $(OUT)

notebooks: setup ## Open the notebooks in a browser / 打开教程
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[notebooks]'
	$(BIN)/jupyter lab notebooks

test: setup-dev ## Set up and test / 安装并测试
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

format: setup-dev ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## Renew the locked versions (needs uv)
	uv pip compile --universal --python-version 3.11 --no-header --no-emit-index-url -q pyproject.toml -o lock/runtime.txt --upgrade
	uv pip compile --universal --python-version 3.11 --no-header --no-emit-index-url -q pyproject.toml --extra dev -o lock/dev.txt --upgrade -c lock/runtime.txt

clean: ## Remove the environment and the demo's output
	rm -rf $(VENV) $(OUT)

docs: setup-dev ## Build the site of docs/ into site/ / 生成文档网站
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict -d site

bench: setup ## Measure speed beside peers / 测速
	$(BIN)/python -m bench.speed
