#!/bin/sh
# The entry point of the jobs image: runs the job that SageMaker names, the CLI if called as `plumb`, or any other command,
# which is CodeBuild's way.
here=/opt/plumbline
case "$(basename "$0") ${1:-}" in
  "plumb "*) exec dotnet "$here/plumb.dll" "$@" ;;
  *" train" | *" prepare" | *" evaluate" | *" compare" | *" monitor") exec dotnet "$here/jobs/plumbline-jobs.dll" "$@" ;;
  *) exec "$@" ;;
esac
