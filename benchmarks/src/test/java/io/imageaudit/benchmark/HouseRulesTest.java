package io.imageaudit.benchmark;

import io.imageaudit.test.HouseRules;

class HouseRulesTest extends HouseRules {

  HouseRulesTest() {
    super("io.imageaudit.benchmark");
  }
}
