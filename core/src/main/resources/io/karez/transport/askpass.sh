#!/bin/sh
# askpass PROMPT: what `ssh` asks for when a site has a file with a password. Everything else is asked of the person at the terminal,
# such as one-time passwords, the new one when a password has expired, and what hosts on the way ask for. The password is that of
# KAREZ_PASSWORD_OF, USER@HOST. Older programs of ssh do not say who asks: that is the host, where KAREZ_PASSWORD_ALONE is not empty.
kz_asked=
case ${1-} in
  "($KAREZ_PASSWORD_OF) "*) kz_asked=${1#*') '} ;;
  "$KAREZ_PASSWORD_OF's password: ") kz_asked=password ;;
  '('*@*') '* | *"'s password: ") ;;
  *) if [ -n "$KAREZ_PASSWORD_ALONE" ]; then kz_asked=${1-}; fi ;;
esac
case $kz_asked in
  *[Oo]ne*[Tt]ime* | *OTP* | *[Cc]ode* | *[Tt]oken* | *[Nn]ew* | *[Rr]etype* | *[Cc]urrent* | *'?'*) ;;
  *[Pp]assword*)
    IFS= read -r kz_word <"$KAREZ_PASSWORD_FILE" || [ -n "$kz_word" ] || exit 1
    printf '%s\n' "$kz_word"
    exit
    ;;
esac
{ exec 3<>/dev/tty; } 2>/dev/null || exit 1
printf '%s' "${1-}" >&3
case ${1-} in
  *yes/no*)
    IFS= read -r kz_word <&3
    ;;
  *)
    kz_terminal=$(stty -g <&3) || exit 1
    trap 'stty "$kz_terminal" <&3' 0
    trap 'exit 1' 1 2 15
    stty -echo <&3
    IFS= read -r kz_word <&3
    echo >&3
    ;;
esac
printf '%s\n' "$kz_word"
