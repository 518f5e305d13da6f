package dev.belfry.delivery;

/** An attempt that has ended, and what becomes of its e-mail. */
record Ended(Claimed mail, Attempt attempt, NextStep next) {
}
