/**
 * Sound and desktop notices, both off until asked for by a click; one tab of a browser rings.
 *
 * The sound is synthesised: no file is fetched for it.
 */
import { signal } from "@preact/signals";

const KEY = "comptoir.alerts";
const LEADER = "comptoir.rings";

export const alertsOn = signal(localStorage.getItem(KEY) === "on");

let audio: AudioContext | undefined;
let leads = false;

/** In the click that asks for it: both permissions need one. */
export async function turnAlerts(on: boolean): Promise<void> {
  alertsOn.value = on;
  localStorage.setItem(KEY, on ? "on" : "off");
  if (!on) return;
  audio ??= new AudioContext();
  ring(660);
  if ("Notification" in window && Notification.permission === "default")
    await Notification.requestPermission();
}

/** Of several tabs the one that got the lock first is the one that is heard. */
export function startAlerts(): void {
  if (!("locks" in navigator)) {
    leads = true;
    return;
  }
  void navigator.locks.request(LEADER, () => {
    leads = true;
    return new Promise<void>(() => {});
  });
}

export function chime(kind: "waits" | "said", words: string): void {
  if (!alertsOn.peek() || !leads) return;
  ring(kind === "waits" ? 660 : 880);
  if (
    document.visibilityState === "hidden" &&
    "Notification" in window &&
    Notification.permission === "granted"
  ) {
    new Notification("Comptoir", { body: words, tag: `comptoir-${kind}` });
  }
}

function ring(hertz: number): void {
  audio ??= new AudioContext();
  const { currentTime, destination } = audio;
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0.0001, currentTime);
  volume.gain.exponentialRampToValueAtTime(0.12, currentTime + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, currentTime + 0.35);
  tone.connect(volume).connect(destination);
  tone.start();
  tone.stop(currentTime + 0.4);
}
