/** The screens before the inbox of those who sign in for the first time or choose their chatbots, with their words. */
import { learn } from "../words";
import { entryWords } from "../words/entry";
import { Duty } from "./Duty";
import { Invitation } from "./Invitation";
import { SetUp } from "./SetUp";

export async function setUp() {
  await learn(entryWords);
  return SetUp;
}

export async function invitation() {
  await learn(entryWords);
  return Invitation;
}

export async function duty() {
  await learn(entryWords);
  return Duty;
}
