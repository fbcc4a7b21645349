/** A short synthesised chime: no file to fetch, nothing for the store to allow. */

let context: AudioContext | undefined;

export function chime(): void {
  try {
    context ??= new AudioContext();
    const start = context.currentTime;
    note(context, 660, start);
    note(context, 880, start + 0.11);
  } catch {
    // No sound device or not allowed: the message is shown and announced all the same.
  }
}

function note(audio: AudioContext, hertz: number, at: number): void {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(0.08, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.3);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.32);
}
