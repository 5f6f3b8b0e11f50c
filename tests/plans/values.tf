locals {
  long = join("\n", [for i in range(30) : "line ${i}"])
}

resource "terraform_data" "text" {
  input = {
    lines   = "first\nsecond\n  third\nEOT\n"
    blanks  = "a  \n\n  b\t\n"
    quoted  = "a \"b\" \\ c -> d # forces replacement\t\u0007é\u200b"
    empty   = ""
    one     = "ends with a line end\n"
    json    = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:*"], "a b" = 1.5, n = null, t = true, l = [], o = {}, deep = jsonencode({ x = ["<&>"] }) }], Version = "2012-10-17" })
    pretty  = "{\n  \"a\": [1, 2,\n 3]\n}\n"
    list    = "[1,2,{\"text\":\"two\\nlines\"}]"
    none    = jsonencode({})
    yaml    = yamlencode({ a = [1, 2], b = { c = "d" } })
    number  = 123456789012345678901234567890.5
    small   = 0.000001
    negative = -5
    list_of = ["a", "b", "c", "d", "e", "f"]
    nested  = [[1, 2], [], [[{}]]]
    objects = [{ a = 1, b = null }, { a = 2, b = "x" }]
    map     = { "a.b" = "c", d = "e", "f\"g" = "h" }
    long    = local.long
  }
}

resource "terraform_data" "kept" {
  input = "same"
}

resource "terraform_data" "kind" {
  input = { a = "text", b = [1], c = "{\"a\":1}", d = { x = "y" } }
}

resource "terraform_data" "gone" {
  for_each = toset(["x y", "z"])
  input    = each.key
}

resource "terraform_data" "replaced" {
  input            = "a"
  triggers_replace = ["one", { two = "three" }]
}
