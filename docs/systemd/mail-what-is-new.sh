#!/bin/sh
# Mail what the unit $1 told in its last run: started by kickcrawl-alarm@.service whenever the unit has ended. A line that
# begins with "kickcrawl:" is for the operator. A unit that failed without one is mailed, too, unless it said that it is
# still failing: that was mailed when it began.
set -eu
unit=$1
id=${MONITOR_INVOCATION_ID:-$(systemctl show --property=InvocationID --value "$unit")}
result=${MONITOR_SERVICE_RESULT:-$(systemctl show --property=Result --value "$unit")}
said=$(journalctl "_SYSTEMD_INVOCATION_ID=$id" --lines=30 --output=cat)
if ! printf '%s\n' "$said" | grep -q '^kickcrawl: '; then
    [ "$result" != success ] || exit 0
    ! printf '%s\n' "$said" | grep -q '^still failing: ' || exit 0
fi
printf '%s\n' "$said" | mail -s "$unit on $(uname -n): $result" "$KICKCRAWL_CONTACT"
