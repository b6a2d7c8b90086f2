/** Checks of what is no Java: manifests, the Compose file, rules, dashboards, the runbook. */
@NullMarked
package io.imageaudit.deployment;

import org.jspecify.annotations.NullMarked;
