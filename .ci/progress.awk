# Reads the output of Maven; prints each module with its number, its long steps and the errors. Fails if the build does.
/^\[INFO\] Building .*\]$/ {
    step = $NF
    sub(/^\[INFO\] Building (Gatehouse: )?/, "")
    sub(/ [^ ]* +\[[0-9\/]+\]$/, "")
    print "build " step " " $0
    downloading = 0
}
/^\[INFO\] --- exec/ { gsub(/.*\(|\).*/, ""); print "      " $0 }
/Downloading from/ && !downloading { print "      downloading what it needs"; downloading = 1 }
/^\[ERROR\]/ { print }
/^\[INFO\] BUILD SUCCESS$/ { success = 1 }
{ fflush() }
END { exit !success }
