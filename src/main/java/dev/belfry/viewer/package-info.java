/** Who is asking: a user of an account, or the platform. */
@NullMarked
package dev.belfry.viewer;

import org.jspecify.annotations.NullMarked;
