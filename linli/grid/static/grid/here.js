// Asks the browser where it is, after a tap, and sends that in the body of a form. Without a script the form stays hidden.
const form = document.getElementById("here");
const [ask, wait, no] = ["ask", "wait", "no"].map((name) => form.querySelector(`.${name}`));
form.hidden = !navigator.geolocation;
// Who comes back in the history finds the page as it was left: the old position goes, and the button works again.
window.addEventListener("pageshow", () => {
  form.elements.longitude.value = form.elements.latitude.value = "";
  ask.disabled = false;
  wait.hidden = true;
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask.disabled = true;
  wait.hidden = false;
  no.hidden = true;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      form.elements.longitude.value = coords.longitude;
      form.elements.latitude.value = coords.latitude;
      form.submit();
    },
    () => {
      ask.disabled = false;
      wait.hidden = true;
      no.hidden = false;
    },
    { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 },
  );
});
