#!/bin/sh
# Stands where the real terraform stands, and once, at the step that is wanted, kills whom it is told to:
#   KILL_STEP   terraform's command, e.g. `apply`; or `check`: the end of `show`, when the gate has the plan
#   KILL_WHEN   `begin`, `end`, or a text: then the first line of output that holds it
#   KILL_SIGNAL what the gate is sent, e.g. `INT`; KILL without it
#   KILL_WHO    of `gate` (who started this), `cdktf` (who started the gate), `terraform`, `state` (is being written)
#   KILL_STATE  path of the state, for `state`
#   KILL_ONCE   a file that says that it is done
command=
for argument; do case $argument in -*) ;; *) command=$argument; break ;; esac; done
if [ -z "$KILL_STEP" ] || [ -e "$KILL_ONCE" ] || [ "$command" != "$KILL_STEP" ]; then exec terraform "$@"; fi

child=
strike() {
  : >"$KILL_ONCE"
  for who in $KILL_WHO; do
    case $who in
      gate) kill -"${KILL_SIGNAL:-KILL}" "$PPID" ;;
      cdktf) kill -9 "$(ps -o ppid= -p "$PPID")" ;;
      terraform)
        if [ -n "$child" ]; then kill -9 "$child"; fi
        # A write into a state begins by making it empty, in place.
        case " $KILL_WHO " in *" state "*) : >"$KILL_STATE" ;; esac
        kill -9 $$ ;;
    esac
  done
}

# A signal to the gate comes back as an interrupt. Terraform itself may be done before it arrives.
interrupted=
await_interrupt() {
  waited=0
  while [ -z "$interrupted" ] && [ "$waited" -lt 1200 ]; do sleep 0.1; waited=$((waited + 1)); done
  trap - INT
  if [ -n "$interrupted" ]; then kill -INT $$; fi
}

case $KILL_WHEN in
  begin)
    if [ -n "$KILL_SIGNAL" ]; then trap 'interrupted=1' INT; fi
    strike
    if [ -n "$KILL_SIGNAL" ]; then await_interrupt; fi
    exec terraform "$@" ;;
  end) terraform "$@"; code=$?; strike; exit $code ;;
esac
# It writes into the file that it was given, as without us: what it said before it was killed must be there.
terraform "$@" &
child=$!
tail -n +1 -f -s 0.1 --pid="$child" "$(readlink "/proc/$$/fd/1")" | while IFS= read -r line; do
  case $line in *"$KILL_WHEN"*) strike; break ;; esac
done
wait "$child"
