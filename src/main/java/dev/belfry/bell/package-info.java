/**
 * The bell: its state, both subscriptions, and the feeds of the accounts that someone
 * listens to.
 */
@NullMarked
package dev.belfry.bell;

import org.jspecify.annotations.NullMarked;
