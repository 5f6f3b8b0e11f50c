environment = "from-file"
names = ["c"]
