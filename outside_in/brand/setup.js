// The token comes behind # so that no server, log or proxy ever sees it; here it moves into the form.
// This tab remembers it until it is used: choosing a language loads the page once more.
const field = document.getElementById("token")
if (field) {
  if (location.hash.length > 1) {
    sessionStorage.setItem("setup", location.hash.slice(1))
    history.replaceState(null, "", location.pathname)
  }
  field.value ||= sessionStorage.getItem("setup") || ""
  field.form.addEventListener("submit", () => sessionStorage.removeItem("setup"))
}
