/** Lets a node stop without closing a connection on which an answer is owed. */
@NullMarked
package dev.belfry.shutdown;

import org.jspecify.annotations.NullMarked;
