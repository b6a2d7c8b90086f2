package io.imageaudit.gateway;

import io.imageaudit.test.HouseRules;

class HouseRulesTest extends HouseRules {

  HouseRulesTest() {
    super("io.imageaudit.gateway");
  }
}
