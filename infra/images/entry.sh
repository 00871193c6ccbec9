#!/bin/sh
# The jobs image's entry: a job by its name, as SageMaker starts it; `plumb` where it is called so; else any command,
# as CodeBuild starts it.
here=/opt/plumbline
case "$(basename "$0") ${1:-}" in
  "plumb "*) exec dotnet "$here/plumb.dll" "$@" ;;
  *" train" | *" prepare" | *" evaluate" | *" compare" | *" monitor") exec dotnet "$here/jobs/plumbline-jobs.dll" "$@" ;;
  *) exec "$@" ;;
esac
