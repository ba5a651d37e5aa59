# Sourced by the steps that run Python. Sets `target`, the folder that cargo builds into.

target=$(cargo metadata --format-version 1 --no-deps | python3 -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')

# make_venv FOLDER REQUIREMENTS WHAT: an environment with these packages, made anew when they or Python are others.
make_venv() {
    local venv=$1 requirements=$2 what=$3 wanted
    wanted=$(python3 --version && cat "$requirements")
    if [ "$(cat "$venv/made-from" 2>/dev/null)" != "$wanted" ]; then
        echo "installing $what to $venv"
        rm -rf "$venv"
        python3 -m venv "$venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes --requirement "$requirements"
        echo "$wanted" > "$venv/made-from"
    fi
}
