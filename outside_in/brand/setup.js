// The token comes behind # so that no server, log or proxy ever sees it; here it moves into the form.
const field = document.getElementById("token")
if (field && location.hash.length > 1) {
  field.value = location.hash.slice(1)
  history.replaceState(null, "", location.pathname)
}
