a {
  x = <<-EOF
    ${f("}")} $${
  EOF
  y = "%{ if a ~}b%{ endif }" # c
}
b "c" d { z = [1, /* 2 */ 3] }
