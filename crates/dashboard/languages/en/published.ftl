# Pages for publication: what is withheld, and why.

frame-small = For publication: small numbers withheld
small-title = Figures
small-withheld = withheld
small-note = For publication: counts from 1 to { $most-said } are withheld, and others from which one of them would follow; zero is shown. Shares, means and middle values are of { $people-said } or more.
small-few = Withheld: too few stand behind this, or what is left would tell about single people.
small-closed = This panel is not for publication.
small-wider = Ask without “{ $condition }”
small-curve = The curve moves only at times between which nobody failed or left, or enough did; its single steps are not published.
