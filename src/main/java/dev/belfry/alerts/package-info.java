/** Custom alerts: when to notify whom with which words. */
@NullMarked
package dev.belfry.alerts;

import org.jspecify.annotations.NullMarked;
