// Asks the browser where it is, after a tap, and sends that in the body of a form. Without a script the form stays hidden.
const form = document.getElementById("here");
const [ask, wait, no] = ["ask", "wait", "no"].map((name) => form.querySelector(`.${name}`));
form.hidden = !navigator.geolocation;
form.addEventListener("submit", (event) => {
  if (form.elements.longitude.value) return;
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
