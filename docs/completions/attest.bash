# Completion of attest's commands and options for bash.
_attest() {
    local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} options
    local lists="--case --format"
    if [ "$COMP_CWORD" = 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W "read serve index doctor brief claims events show explain search
            documents sources people groups places same merge split describe duplicates
            estimate export history match parse check verify receipt
            help --version" -- "$word")
        return
    fi
    case ${COMP_WORDS[COMP_CWORD - 1]} in
    --format)
        options="table tsv json jsonl"
        [ "$command" = export ] && options="claims events attributions text csv plover incidents"
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
        return ;;
    --kind)
        mapfile -t COMPREPLY < <(compgen -W "person group place" -- "$word")
        return ;;
    --clear)
        mapfile -t COMPREPLY < <(compgen -W "title date publisher url language" -- "$word")
        return ;;
    --modality)
        mapfile -t COMPREPLY < <(compgen -W "asserted denied possible planned
            ordered demanded threatened conditional" -- "$word")
        return ;;
    esac
    case $command in
    match) options="--kind --columns --threshold --explain --lexicon --models" ;;
    read) options="--case --again --columns --publisher --date --jobs --max-size --no-originals
        --ocr --lexicon --models" ;;
    serve) options="--case --port --listen --read-only --as --no-browser --lexicon --models" ;;
    claims) options="$lists --act --actor --target --source --place --since
        --until --modality --label --text --document --limit" ;;
    events) options="$lists --act --actor --target --source --place --since
        --until --text --documents --single --contested --designations
        --limit --lexicon --models" ;;
    documents) options="$lists --totals" ;;
    search) options="$lists --limit" ;;
    sources) options=$lists ;;
    people | groups | places) options="$lists --name --document --limit
        --lexicon --models" ;;
    same) options="$lists --limit --lexicon --models" ;;
    merge | split) options="--case --by --undo --lexicon --models" ;;
    describe) options="--case --date --publisher --title --url --language
        --clear --why --by" ;;
    duplicates) options="$lists --whole" ;;
    estimate) options="$lists --list --act --since --until --place --by" ;;
    export) options="$lists --document" ;;
    doctor) options="--lexicon --models" ;;
    brief) options="--case --most" ;;
    verify) options="--case --head" ;;
    explain | index) options="--case --lexicon --models" ;;
    parse) options="--input --output --date --jobs --lexicon --models" ;;
    *) options="--case" ;;
    esac
    case $word in
    -*) mapfile -t COMPREPLY < <(compgen -W "$options --help" -- "$word") ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    esac
}
complete -o filenames -F _attest attest
