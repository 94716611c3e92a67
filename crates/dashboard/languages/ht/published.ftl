# Paj pou pibliye: sa ki kache, ak poukisa.

frame-small = Pou pibliye: ti chif yo kache
small-title = Chif
small-withheld = kache
small-note = Pou pibliye: kantite ant 1 ak { $most-said } yo kache, ansanm ak lòt ki ta fè moun jwenn youn ladan yo; zewo parèt. Pati, mwayèn ak valè nan mitan yo konte { $people-said } moun oswa plis.
small-few = Kache: twò piti moun dèyè chif sa a, oswa sa ki rete a ta pale sou yon moun.
small-closed = Panno sa a pa pou pibliye.
small-wider = Mande san « { $condition } »
small-curve = Koub la bouje sèlman nan moman kote pèsonn pa t tonbe ni ale, oswa ase moun te fè l; nou pa pibliye ti etap li yo.
