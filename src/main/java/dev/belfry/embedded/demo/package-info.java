/** A platform of the demo that keeps two accounts busy. */
@NullMarked
package dev.belfry.embedded.demo;

import org.jspecify.annotations.NullMarked;
