a {
  x = "no end
}
b "c" {
  = 2
}
d {
  z = [1
