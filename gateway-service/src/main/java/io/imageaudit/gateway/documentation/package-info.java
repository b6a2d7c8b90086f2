/** The description of the API for programs and people: OpenAPI 3.1. */
@NullMarked
package io.imageaudit.gateway.documentation;

import org.jspecify.annotations.NullMarked;
