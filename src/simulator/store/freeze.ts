// Freezes objects in tests and while developing, where a write to a shared object must fail at once.

/** Freezes a value and all that it holds. Stops where it is frozen already, which is where sharing begins. */
export function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const member of Object.values(value)) deepFreeze(member);
}
