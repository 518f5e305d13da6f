/** The scalars and directives of the schema, and which type an object has. */
@NullMarked
package dev.belfry.graphql.schema;

import org.jspecify.annotations.NullMarked;
