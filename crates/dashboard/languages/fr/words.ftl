# The words of vocabularies: <vocabulary>-<value>.

return-type-deported = expulsion
